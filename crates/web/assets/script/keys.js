// Single-key shortcuts. Somebody who dictates or leans on keys turns them off (WCAG 2.1.4): then the body says so and only Ctrl Enter,
// which has a modifier, is left. Nothing here fires while somebody types, or together with another modifier.
import { say } from './say.js'

const WRITING = 'input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]'
const LIST = 'list'
const on = document.body.dataset.shortcuts !== 'off'
const titles = () => [...document.querySelectorAll('a.fc-row__title')]

// The list that a case was opened from, as addresses: kept by this tab alone, gone when it closes.
function remember () {
  const paths = titles().map(link => link.pathname)
  if (paths.length) sessionStorage.setItem(LIST, JSON.stringify(paths))
}

function remembered () {
  try {
    const paths = JSON.parse(sessionStorage.getItem(LIST))
    return Array.isArray(paths) ? paths.filter(path => typeof path === 'string' && path.startsWith('/staff/')) : []
  } catch {
    return []
  }
}

// On a list the focus moves from case to case; on a case its neighbour in that list opens.
function walk (step) {
  const rows = titles()
  if (rows.length) {
    const now = rows.findIndex(row => row.closest('.fc-row').contains(document.activeElement))
    const next = now < 0 && step < 0 ? rows.length - 1 : now + step
    if (!rows[next]) return say(step > 0 ? 'This is the last case of the list.' : 'This is the first case of the list.')
    rows[next].focus()
    return rows[next].scrollIntoView({ block: 'nearest' })
  }
  const paths = remembered()
  const here = paths.findIndex(path => location.pathname === path || location.pathname.startsWith(path + '/'))
  if (here < 0) return say('This page is in no list that you came from.')
  if (!paths[here + step]) return say(step > 0 ? 'This was the last case of the list.' : 'This was the first case of the list.')
  location.assign(paths[here + step])
}

function help () {
  const list = document.getElementById('key-list')
  if (list && !list.open) list.showModal()
}

const own = { j: () => walk(1), k: () => walk(-1), '?': help }

function act (key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`)
  if (!target) return false
  if (target.matches(WRITING)) {
    target.focus()
    target.select()
  } else target.click()
  return true
}

document.addEventListener('keydown', event => {
  if (event.isComposing || event.defaultPrevented) return
  // A summary that unfolds a part of a form has no form of its own.
  const form = event.target.form ?? event.target.closest?.('form')
  if (event.ctrlKey && event.key === 'Enter' && form?.method === 'post') {
    event.preventDefault()
    if (!event.repeat) form.requestSubmit()
    return
  }
  const modified = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key !== '?')
  const elsewhere = event.target.closest?.(WRITING) || document.querySelector('dialog[open]')
  if (!on || modified || elsewhere || event.key.length !== 1) return
  const key = event.key.toLowerCase()
  if (key in own) own[key]()
  else if (event.repeat || !act(key)) return
  event.preventDefault()
})

if (on) {
  remember()
  // What a key does is told by the thing that it does, to those who ask their screen reader.
  for (const thing of document.querySelectorAll('[data-key]')) thing.setAttribute('aria-keyshortcuts', thing.dataset.key.toUpperCase())
  for (const button of document.querySelectorAll('[data-show-keys]')) {
    button.hidden = false
    button.addEventListener('click', help)
  }
}
