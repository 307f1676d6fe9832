# Called by Postfix with a letter on standard input. The program that a test put at the first place is run with the sender and the recipient; where
# none is, the letter waits.
[ -x "$1" ] || exit 75
exec "$1" "$2" "$3"
