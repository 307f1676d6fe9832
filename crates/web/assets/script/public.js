// What script adds to the public pages. Every page is complete without it.
import { Button, CharacterCount, ErrorSummary, ServiceNavigation, SkipLink, createAll } from 'govuk-frontend'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const part of [Button, CharacterCount, ErrorSummary, ServiceNavigation, SkipLink]) createAll(part)

// Buttons that only script can serve are hidden until it is here.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = !navigator.clipboard
  button.addEventListener('click', async () => {
    const said = document.querySelector('[data-copied]')
    try {
      await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim().replace(/\s+/g, ' '))
      said.textContent = 'Copied'
    } catch {
      said.textContent = 'Your browser did not allow that. Select the code and copy it.'
    }
  })
}

// Folded parts are for reading on a screen: on paper everything is there.
addEventListener('beforeprint', () => {
  for (const folded of document.querySelectorAll('details:not([open])')) {
    folded.open = true
    addEventListener('afterprint', () => { folded.open = false }, { once: true })
  }
})
