// A complaint as most people make one: on the form, with name and address.
import assert from 'node:assert/strict'
import { picture } from './checks.mjs'
import { way } from './controls.mjs'
import { press } from './people.mjs'

const WORDS = 'The Wi-Fi on the second floor of the Main Library dropped four times during my timed online test on Friday.'

// From the home page to the confirmation; answers the reference and the receipt code.
export async function complains(page, words = WORDS) {
  await page.goto('/')
  await press(page, way(page, 'Make a complaint'))
  await page.getByLabel('What went wrong?').fill(words)
  await page.getByLabel('Name', { exact: true }).fill('Priya Nair')
  await page.getByLabel('Email address').fill('p.nair@student.calderbrook.example')
  await press(page, page.getByRole('button', { name: 'Send complaint' }))
  await page.getByRole('heading', { name: 'We have your complaint' }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/complain/sent')
  const reference = (await page.locator('.fc-ref').first().innerText()).trim()
  const code = (await page.locator('#code').innerText()).replaceAll(/\s+/g, ' ').trim()
  assert.match(reference, /^FC-\d+/)
  assert.equal(code.replaceAll(' ', '').length, 16)
  assert.ok((await page.locator('main').innerText()).includes(words), 'the confirmation shows the words back')
  await picture(page, 'journey-confirmation')
  return { reference, code }
}
