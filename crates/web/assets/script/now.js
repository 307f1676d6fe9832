// The numbers of this moment. One tab of a browser asks, every half minute and a bit, while it can be seen; it tells the others. Rows never
// move under a finger: the page says that something is new and offers to show it. Nothing is lost where this does not run.
import { say } from './say.js'

const EVERY_MS = 30_000
const MOST_MS = 5 * 60_000
const STALE_MS = 3 * 60_000
const at = document.querySelector('[data-now]')?.dataset.now
const drawn = new Map([...document.querySelectorAll('[data-count]')].map(badge => [badge.dataset.count, number(badge)]))
const here = document.querySelector('a[aria-current=page] [data-count]')?.dataset.count
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('redress-now') : null
let etag, timer, delay = EVERY_MS, known = Date.now(), asOf = at, going = false, over = false, release, told

function number (badge) {
  return Number(badge.childNodes[1].textContent)
}

const visible = () => document.visibilityState === 'visible'
// Not two browsers in the same second, whatever woke them.
const spread = ms => ms * (0.75 + Math.random() / 2)

// The form about a case in which something was written, if there is one on this page.
function writing () {
  const form = document.querySelector('form[data-written]:has([name=seen])')
  const reference = /^\/staff\/(?:c|triage)\/([^/]+)/.exec(location.pathname)?.[1]
  return form && reference ? new URLSearchParams({ case: reference, seen: form.elements.seen.value }) : null
}

function show (numbers) {
  for (const badge of document.querySelectorAll('[data-count]')) {
    const key = badge.dataset.count
    if (!numbers.has(key)) continue
    badge.childNodes[1].textContent = numbers.get(key)
    badge.lastElementChild.textContent = numbers.get(`${key}.said`)
    badge.hidden = 'silent' in badge.dataset && numbers.get(key) === '0'
    badge.classList.toggle('fc-count--alert', numbers.get(`${key}.late`) !== '0')
  }
  asOf = numbers.get('at') ?? asOf
  known = Date.now()
  news(here && numbers.has(here) ? Number(numbers.get(here)) - drawn.get(here) : 0)
}

// What is new in the list of this page since it was drawn.
function news (more) {
  if (more === 0) return bar('')
  bar(more > 0 ? `${more} new.` : 'This list has changed.', more > 0 ? 'Show' : 'Show it as it is now')
}

function bar (words, link) {
  const main = document.getElementById('main-content')
  let line = document.getElementById('news')
  if (!words && !line) return
  if (!line) {
    line = Object.assign(document.createElement('p'), { id: 'news', className: 'fc-news fc-noprint' })
    line.setAttribute('role', 'status')
    main.prepend(line)
  }
  if (line.dataset.words === words) return
  line.dataset.words = words
  line.replaceChildren(words)
  if (!words) return
  const again = new URL(location)
  again.searchParams.delete('done')
  const to = Object.assign(document.createElement('a'), { href: again.pathname + again.search, className: 'govuk-link', textContent: link })
  line.append(' ', to)
}

function meanwhile (words) {
  if (!words || words === told) return
  told = words
  const form = document.querySelector('form[data-written]')
  let note = form.querySelector('.fc-meanwhile')
  if (!note) {
    note = Object.assign(document.createElement('p'), { className: 'fc-meanwhile' })
    note.setAttribute('role', 'status')
    form.prepend(note)
  }
  note.textContent = words
}

async function ask () {
  const about = writing()
  const headers = etag ? { 'if-none-match': etag } : {}
  try {
    const answer = await fetch(`/staff/now${about ? `?${about}` : ''}`, { headers, cache: 'no-store', redirect: 'error' })
    if (answer.status === 401) {
      over = true
      return say('You were signed out. What you write here is kept when you send it: you are asked to sign in first.')
    }
    if (answer.status !== 200 && answer.status !== 304) throw new Error(answer.status)
    delay = EVERY_MS
    known = Date.now()
    if (answer.status === 304) return channel?.postMessage('')
    etag = answer.headers.get('etag')
    const text = await answer.text()
    const numbers = new URLSearchParams(text)
    meanwhile(numbers.get('meanwhile'))
    numbers.delete('meanwhile')
    show(numbers)
    channel?.postMessage(numbers.toString())
  } catch {
    delay = Math.min(delay * 2, MOST_MS)
    stale()
  }
}

// Nobody is sent to reload a page on which they are writing.
function stale () {
  if (Date.now() - known > STALE_MS && !document.querySelector('form[data-written]')) bar(`As of ${asOf}.`, 'Reload')
}

function start (ms) {
  if (going || over) return
  going = true
  next(ms)
}

function next (ms) {
  timer = setTimeout(async () => {
    await ask()
    if (going && !over) next(spread(delay))
  }, ms)
}

// Only who holds the lock asks; whoever writes asks about their own case besides. Without locks (no encryption) each tab that is seen asks.
function begin () {
  if (over || release || !visible()) return
  const soon = Date.now() - known > EVERY_MS ? Math.random() * 3000 : spread(EVERY_MS)
  if (writing() || !navigator.locks) start(soon)
  if (!navigator.locks) return
  const gone = new AbortController()
  release = () => gone.abort()
  navigator.locks.request('redress-now', { signal: gone.signal }, () => new Promise(resolve => {
    release = resolve
    start(soon)
  })).catch(error => { if (error.name !== 'AbortError') throw error })
}

function rest () {
  going = false
  clearTimeout(timer)
  release?.()
  release = undefined
}

channel?.addEventListener('message', ({ data }) => {
  known = Date.now()
  if (data) show(new URLSearchParams(data))
})
document.addEventListener('visibilitychange', () => visible() ? begin() : rest())
addEventListener('pagehide', rest)
addEventListener('pageshow', event => { if (event.persisted) begin() })
document.addEventListener('input', () => { if (!going && visible() && writing()) start(spread(EVERY_MS)) })
// The tab that is seen and does not ask knows by itself when it was last told.
setInterval(() => { if (visible() && !over) stale() }, 60_000)
if (at) begin()
