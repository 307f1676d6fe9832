# Runs the servers beside each other, a line of the file for each, and ends all of them when it is told to. A server is not told when the tool ends: most
# change their user, and the system forgets the wish then.
all=
trap 'kill -TERM $all' TERM
while read -r line; do
  $line &
  all="$all $!"
done < "$1"
wait
wait
