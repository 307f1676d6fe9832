// What people do with a complaint about a member of staff, and what they must not find.
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { chooseFirst, tick } from '../harness/controls.mjs'
import { press } from '../harness/people.mjs'
import { PATIENCE_MS } from './office.mjs'

// Says whom it is about, as the finder suggests, and takes it.
export async function confirms(page, reference, about) {
  await takes(page, reference, about)
  assert.equal(await page.getByRole('heading', { name: 'There is a problem' }).count(), 0, await page.locator('main').innerText())
}

// Whoever may not work on it says whom it is about, and no more: the page says why they cannot take it.
export async function confirmsWithoutTaking(page, reference, about, why) {
  await takes(page, reference, about)
  await page.getByText(why).first().waitFor()
  await page.goto(`/staff/c/${reference}/confidential`)
  await tick(page.getByLabel(about.name).first())
  await press(page, page.getByRole('button', { name: 'Save whom it is about' }))
}

async function takes(page, reference, about) {
  await page.goto('/staff/triage')
  await press(page, page.locator(`a[href*="${reference}"]`).first())
  await page.getByText('This case was held when it arrived.').waitFor()
  assert.ok(await page.getByLabel(about.name).first().isChecked(), `${about.name} is suggested`)
  await chooseFirst(page, 'Service')
  await chooseFirst(page, 'What went wrong')
  await tick(page.getByLabel('I take it'))
  await press(page, page.getByRole('button', { name: 'Save and go on' }))
}

// Looks at whom the directory suggests, and at the letter, and sends it.
export async function handsOver(page, reference, { suggested, to, sends = 'Take out and send' }) {
  await page.goto(`/staff/c/${reference}/handover`)
  for (const words of suggested ?? []) await page.getByText(words).first().waitFor()
  if (to) {
    await page.getByLabel('Name of the line manager').fill(to.name)
    await page.getByLabel('Their email address').fill(to.email)
  }
  await press(page, page.getByRole('button', { name: 'Look at the letter' }))
  const letter = await page.locator('.fc-letter').innerText()
  assert.ok(!letter.includes('/handover/'), 'whoever sends the letter is not let in by its link')
  await press(page, page.getByRole('button', { name: sends }))
}

// A letter goes out after the act that owes it: asked again until the page says so.
export async function seesOn(page, path, words, patience = PATIENCE_MS) {
  const deadline = Date.now() + patience
  do {
    await page.goto(path)
    if (await page.getByRole('main').getByText(words).first().isVisible()) return
    await pause(250)
  } while (Date.now() < deadline)
  assert.fail(`${path} does not say ${words}:\n${await page.getByRole('main').innerText()}`)
}

export const isSealed = (page, reference) => seesOn(page, `/staff/c/${reference}/handover`, 'A line manager has it')

// Somebody for whom the case is not there: neither its page nor a list, a search or a job says a word of it, in sight or out of it.
export async function findsNothing(page, reference, words) {
  for (const path of ['', '/letters', '/audit', '/handover', '/opening'].map((part) => `/staff/c/${reference}${part}`)) {
    assert.ok([403, 404].includes((await saysNothing(page, path, words)).status), `${path} is there`)
  }
  for (const path of [...LISTS, ...searches([reference, ...words])]) await leadsNowhere(page, path, reference, words)
  await page.goto('/staff/cases?state=open')
  assert.equal(await page.locator('main').getByText(reference).count(), 0)
}

// Somebody who may know that it is there: they see when what happened, and no word and no name.
export async function seesTheStubOnly(page, reference, words) {
  for (const path of ['', '/letters', '/audit', '/handover'].map((part) => `/staff/c/${reference}${part}`)) await saysNothing(page, path, words)
  for (const path of LISTS) await saysNothing(page, path, words)
  for (const path of searches(words)) await leadsNowhere(page, path, reference, words)
  await page.goto(`/staff/c/${reference}`)
  await page.getByRole('heading', { name: 'Feedback, handled separately' }).waitFor()
}

const LISTS = ['/staff', '/staff/cases?state=open', '/staff/cases?state=closed', '/staff/triage', '/staff/jobs', '/staff/confidential']

const searches = (all) => all.map((asked) => `/staff/search?q=${encodeURIComponent(asked)}`)

async function leadsNowhere(page, path, reference, words) {
  const { html } = await saysNothing(page, path, words)
  assert.ok(!new RegExp(`href="[^"]*/${reference}\\b`).test(html), `${path} leads to ${reference}`)
}

// None of these words is in the page, but where it repeats what was searched for.
async function saysNothing(page, path, words) {
  const answer = await page.request.get(path)
  const html = await answer.text()
  const asked = new URL(answer.url()).searchParams.get('q')
  const said = asked ? html.replaceAll(asked, '') : html
  for (const one of words) assert.ok(!said.includes(one), `${path} says "${one}":\n${html}`)
  return { status: answer.status(), html }
}
