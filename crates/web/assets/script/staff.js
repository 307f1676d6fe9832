// What script adds to the staff pages. Every page is complete without it.
import { Button, CharacterCount, ErrorSummary, SkipLink, createAll } from 'govuk-frontend'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const part of [Button, CharacterCount, ErrorSummary, SkipLink]) createAll(part)

// Single-key shortcuts. Somebody who dictates or leans on keys can turn them off (WCAG 2.1.4): then the body says so.
const writing = element => element.closest('input, textarea, select, [contenteditable]')
const allowed = document.body.dataset.shortcuts !== 'off'

function walk (step) {
  const rows = [...document.querySelectorAll('.fc-row__title')]
  if (rows.length) rows[Math.max(0, Math.min(rows.indexOf(document.activeElement) + step, rows.length - 1))].focus()
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey && event.key === 'Enter' && event.target.form) {
    event.preventDefault()
    event.target.form.requestSubmit()
    return
  }
  if (!allowed || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return
  if (event.key === 'j') return walk(1)
  if (event.key === 'k') return walk(-1)
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`)
  if (!target) return
  event.preventDefault()
  if (writing(target)) target.focus()
  else target.click()
})
