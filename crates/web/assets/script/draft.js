// Keeps what somebody writes, after a pause in typing: one request at a time, none sooner than a few seconds after the one before.
const PAUSE_MS = 2500
const APART_MS = 6000

function keeper (form) {
  const button = form.querySelector('button[formaction]:has(+ [data-draft-said])')
  const said = form.querySelector('[data-draft-said]')
  if (!button || !said) return
  const to = button.getAttribute('formaction')
  let timer, last = 0, written = 0, kept = 0, busy = false, over = false

  // Files are not drafts: they go with the form itself.
  const words = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'))

  async function keep (options = {}) {
    if (busy || over || kept === written) return
    const [body, upTo] = [words(), written]
    busy = true
    last = Date.now()
    try {
      const answer = await fetch(to, { method: 'POST', body, headers: { accept: 'text/plain' }, redirect: 'error', ...options })
      const plain = answer.headers.get('content-type')?.startsWith('text/plain')
      if (over) return
      said.textContent = plain ? await answer.text() : 'The draft could not be saved. Your words are still here.'
      if (answer.ok || answer.status === 409) kept = upTo
    } catch {
      said.textContent = 'The draft could not be saved. Your words are still here.'
    } finally {
      busy = false
      if (kept !== written) wait()
    }
  }

  function wait () {
    clearTimeout(timer)
    timer = setTimeout(keep, Math.max(PAUSE_MS, last + APART_MS - Date.now()))
  }

  form.addEventListener('input', () => {
    written++
    form.dataset.written = ''
    wait()
  })
  form.addEventListener('submit', () => {
    over = true
    clearTimeout(timer)
  })
  // Whoever leaves the page in the middle of a word finds it again.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') keep({ keepalive: true })
  })
  // A page that comes back from the browser's memory goes on where it was.
  addEventListener('pageshow', event => { if (event.persisted) over = false })
}

for (const form of document.querySelectorAll('form[method=post]')) keeper(form)
