# Asked by Postfix about a letter for an address that is put off: the first time that it comes it is told to come back, after that it is taken.
# What has come once is a file in the folder that is named first.
while read -r line; do
  case $line in
    recipient=*) recipient=${line#recipient=} ;;
    "")
      if [ -e "$1/$recipient" ]; then
        printf 'action=DUNNO\n\n'
      else
        : > "$1/$recipient"
        printf 'action=450 4.7.1 not now, come back in a minute\n\n'
      fi
      ;;
  esac
done
