// What script adds to the staff pages. Every page is complete without it.
import { Button, CharacterCount, ErrorSummary, SkipLink, createAll } from 'govuk-frontend'
import './keys.js'
import './draft.js'
import './now.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const part of [Button, CharacterCount, ErrorSummary, SkipLink]) createAll(part)

// Folded parts are for reading on a screen: on paper everything is there.
addEventListener('beforeprint', () => {
  for (const folded of document.querySelectorAll('main details:not([open])')) {
    folded.open = true
    addEventListener('afterprint', () => { folded.open = false }, { once: true })
  }
})
