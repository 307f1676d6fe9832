// One quiet line for what has no place of its own on the page: read out, and shown for a while.
const line = document.createElement('div')
line.className = 'fc-announced'
line.setAttribute('role', 'status')
document.body.append(line)

let going
export function say (words) {
  clearTimeout(going)
  line.textContent = words
  going = setTimeout(() => { line.textContent = '' }, 6000)
}
