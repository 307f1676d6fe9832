// What people do from end to end, without script: one complaint from the form to the decision at stage 2.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { launch, openWindow } from './harness/browser.mjs'
import { axeFindings, listen, picture, sidewaysFindings } from './harness/checks.mjs'
import { startDemo } from './harness/demo.mjs'
import { COORDINATOR, HELPLINE, INVESTIGATOR, SENIOR, person, press, signIn, signIns } from './harness/people.mjs'

const WORDS = 'The Wi-Fi on the second floor of the Main Library dropped four times during my timed online test on Friday.'
const NOTE = 'Rang twice: “one” & <two>.\n\nThey want a call after 4pm.'
const DONE_AT_STAGE_1 = 'We are sorry. We replaced both points on Wednesday.'
const DONE_AT_STAGE_2 = 'We refund your travel on Friday.'

let demo
let browser
let people

before(async () => {
  demo = await startDemo()
  browser = await launch()
  people = signIns(demo.said())
})

after(async () => {
  await browser?.close()
  await demo?.stop()
})

test('an empty complaint is answered with what to do, and nothing that was typed is lost', async () => {
  for (const script of ['on', 'blocked']) {
    const window = await openWindow(browser, demo.url, { width: 390, script })
    const page = await window.newPage()
    const complaints = listen(page)
    await page.goto('/complain')
    await page.getByLabel('What would put it right?').fill('An apology would do.')
    await press(page, page.getByRole('button', { name: 'Send complaint' }))
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor()
    await page.getByRole('link', { name: 'Tell us what went wrong' }).waitFor()
    assert.equal(await page.getByLabel('What would put it right?').inputValue(), 'An apology would do.')
    assert.deepEqual([...(await axeFindings(page)), ...(await sidewaysFindings(page)), ...complaints.stop()], [])
    await picture(page, `journey-complain-errors-script-${script}`)
    await window.close()
  }
})

test('a complaint goes from the form through both stages to its decision, without script', (t) => lookingBackOnFailure(t, async () => {
  const complainant = await walkIn()
  const { reference, code } = await complains(complainant)
  await tracks(complainant, reference, code)

  const coordinator = await comesToWork(COORDINATOR)
  const helpline = await comesToWork(HELPLINE)
  await triages(coordinator, reference, person(people, HELPLINE).name)
  await decidesAtStage1(helpline, reference)

  await readsTheDecision(complainant, reference, DONE_AT_STAGE_1)
  await asksForStage2(complainant, reference)

  await assentsToStage2(coordinator, reference, person(people, INVESTIGATOR).name)
  const investigator = await comesToWork(INVESTIGATOR)
  await drafts(investigator, reference)
  await seesNothingYet(complainant, reference, DONE_AT_STAGE_2)
  const senior = await comesToWork(SENIOR)
  await signsOff(senior, reference)

  await readsTheDecision(complainant, reference, DONE_AT_STAGE_2)
}))

test('who is signed out while they write loses no word and sends it once, without script', (t) => lookingBackOnFailure(t, async () => {
  const page = await comesToWork(HELPLINE)
  await page.goto('/staff/cases')
  await press(page, page.locator('main a[href^="/staff/c/"]').first())
  const path = new URL(page.url()).pathname
  await page.goto(`${path}?write=note`)
  await page.getByLabel('Note, staff only').fill(NOTE)
  await page.context().clearCookies()
  await press(page, page.getByRole('button', { name: 'Save note' }))
  await page.getByText('You were signed out while you wrote.').waitFor()
  const { username, password } = person(people, HELPLINE)
  for (const typed of ['not my password', password]) {
    await page.getByLabel('Username or email address').fill(username)
    await page.getByLabel('Password').fill(typed)
    await press(page, page.getByRole('button', { name: 'Sign in', exact: true }))
  }
  await page.getByRole('heading', { name: 'You are signed in again' }).waitFor()
  assert.ok((await page.getByRole('main').innerText()).includes('“one” & <two>'), 'the words are shown')
  await picture(page, 'journey-go-on')
  await press(page, page.getByRole('button', { name: 'Go on' }))
  assert.equal(new URL(page.url()).pathname, path)
  await page.goto(`${path}?show=staff`)
  assert.equal(await page.getByText('“one” & <two>').count(), 1)
}))

test('who comes back to their complaint too late sends what they wrote all the same, without script', (t) => lookingBackOnFailure(t, async () => {
  const page = await walkIn()
  const { reference, code } = await complains(page)
  await page.goto(`/track/${reference}`)
  await page.getByLabel(/^Your message/).fill(NOTE)
  await page.context().clearCookies()
  await press(page, page.getByRole('button', { name: 'Send message' }))
  await page.getByText('What you wrote is kept on this page.').waitFor()
  assert.equal(await page.getByLabel('Reference').inputValue(), reference)
  await page.getByLabel('Receipt code').fill(code)
  await press(page, page.getByRole('button', { name: 'Go on' }))
  assert.equal(await page.getByLabel('Your message').inputValue(), NOTE)
  await press(page, page.getByRole('button', { name: 'Send message' }))
  await page.getByRole('heading', { name: 'We have your message' }).waitFor()
}))

// What everybody had before them when a journey failed: pictures, and the words of each page.
async function lookingBackOnFailure(t, journey) {
  try {
    await journey()
  } catch (error) {
    for (const [at, page] of browser.contexts().flatMap((window) => window.pages()).entries()) {
      await picture(page, `failed-${at + 1}`)
      t.diagnostic(`${page.url()}\n${await page.locator('body').innerText()}`)
    }
    throw error
  }
}

async function walkIn() {
  const window = await openWindow(browser, demo.url, { script: 'off' })
  return window.newPage()
}

async function comesToWork(role) {
  const page = await walkIn()
  await signIn(page, person(people, role))
  return page
}

async function complains(page) {
  await page.goto('/')
  await press(page, way(page, 'Make a complaint'))
  await page.getByLabel('What went wrong?').fill(WORDS)
  await page.getByLabel('Name', { exact: true }).fill('Priya Nair')
  await page.getByLabel('Email address').fill('p.nair@student.calderbrook.example')
  await press(page, page.getByRole('button', { name: 'Send complaint' }))
  await page.getByRole('heading', { name: 'We have your complaint' }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/complain/sent')
  const reference = (await page.locator('.fc-ref').first().innerText()).trim()
  const code = (await page.locator('#code').innerText()).replaceAll(/\s+/g, ' ').trim()
  assert.match(reference, /^FC-\d+/)
  assert.equal(code.replaceAll(' ', '').length, 16)
  assert.ok((await page.locator('main').innerText()).includes(WORDS), 'the confirmation shows the words back')
  await picture(page, 'journey-confirmation')
  return { reference, code }
}

async function tracks(page, reference, code) {
  await page.context().clearCookies()
  await page.goto('/track')
  await page.getByLabel('Reference').fill(reference)
  await page.getByLabel('Receipt code').fill('0000 0000 0000 0000')
  await press(page, page.getByRole('button', { name: 'See my complaint' }))
  await page.getByRole('link', { name: /do not match/ }).waitFor()
  await page.getByLabel('Reference').fill(reference)
  await page.getByLabel('Receipt code').fill(code)
  await press(page, page.getByRole('button', { name: 'See my complaint' }))
  assert.equal(new URL(page.url()).pathname, `/track/${reference}`)
  await page.getByText('You will have our decision by the end of').waitFor()
}

async function triages(page, reference, name) {
  await page.goto('/staff/triage')
  await press(page, page.locator(`a[href*="${reference}"]`).first())
  await chooseFirst(page, 'Service')
  await chooseFirst(page, 'What went wrong')
  await tick(page.getByLabel('Give it to someone'))
  await choosePerson(page, 'Give it to', name)
  await press(page, page.getByRole('button', { name: 'Save and go on' }))
}

async function decidesAtStage1(page, reference) {
  await page.goto(`/staff/c/${reference}`)
  await press(page, way(page, 'Record decision'))
  await tick(page.getByLabel('Upheld', { exact: true }))
  await page.getByLabel('What did we find?').fill('Two Wi-Fi points on the second floor restarted four times on Friday afternoon.')
  await page.getByLabel('What have we done?').fill(DONE_AT_STAGE_1)
  await tick(page.getByLabel('On-the-spot apology'))
  await tick(page.getByRole('group', { name: /satisfied/ }).getByLabel('Not known'))
  await chooseFirst(page, 'Root cause')
  await tick(page.getByRole('group', { name: 'Is there something to learn?' }).getByLabel('No'))
  await tick(page.getByRole('group', { name: 'How?' }).getByRole('radio').first())
  await press(page, page.getByRole('button', { name: 'Show me the letter' }))
  await picture(page, 'journey-decision-preview')
  await press(page, page.getByRole('button', { name: 'Send decision and close' }))
}

// The decision shows once its letter has gone out, which happens after the act: asked again until then.
async function readsTheDecision(page, reference, words) {
  for (let tries = 0; tries < 40; tries += 1) {
    await page.goto(`/track/${reference}`)
    if (await page.getByRole('main').getByText(words).first().isVisible()) return picture(page, 'journey-decided')
    await pause(250)
  }
  assert.fail(`${reference} does not show "${words}":\n${await page.getByRole('main').innerText()}`)
}

async function seesNothingYet(page, reference, words) {
  await page.goto(`/track/${reference}`)
  assert.equal(await page.getByText(words).count(), 0, 'a letter that waits for sign-off is not shown')
}

async function asksForStage2(page, reference) {
  // The letter on the page names the same way, and leads back to this page: the button is below it.
  await press(page, page.getByRole('button', { name: 'Ask for stage 2' }))
  await page.getByLabel('What did we get wrong or miss?').fill('Nobody told me before the test.')
  await press(page, page.getByRole('button', { name: 'Ask for stage 2' }))
  await page.getByRole('heading', { name: 'We have your request' }).waitFor()
}

async function assentsToStage2(page, reference, investigatorName) {
  await page.goto(`/staff/c/${reference}/escalation`)
  await tick(page.getByLabel(/^Accept: investigate/))
  await choosePerson(page, 'Who investigates?', investigatorName)
  await press(page, page.getByRole('button', { name: 'Confirm and tell them' }))
}

async function drafts(page, reference) {
  await page.goto(`/staff/c/${reference}/investigation`)
  await page.locator('textarea[name^="finding-"]').first().fill('The points were known to restart, and the notice was not sent.')
  await page.locator('select[name^="point-"]').first().selectOption('upheld')
  await page.getByLabel('What they told us, and what we found').fill('We are sorry that nobody told you before the test.')
  await page.getByLabel('What we have done to put it right').fill(DONE_AT_STAGE_2)
  // Money is one of the reasons for which the procedure asks for sign-off (R78).
  await tick(page.getByLabel('Refund or expenses'))
  await chooseFirst(page, 'Root cause')
  await tick(page.getByRole('group', { name: 'Is there something to learn?' }).getByLabel('No'))
  await press(page, page.getByRole('button', { name: 'Save draft and see the letter' }))
  await picture(page, 'journey-investigation')
  await press(page, page.getByRole('button', { name: 'Send for sign-off' }))
}

async function signsOff(page, reference) {
  await page.goto('/staff/sign-off')
  await press(page, page.locator(`a[href$="${reference}"]`).first())
  await tick(page.getByLabel('Sign off and send it now'))
  await tick(page.getByLabel(/I have read the findings/))
  await picture(page, 'journey-sign-off')
  await press(page, page.getByRole('button', { name: 'Confirm decision' }))
}

// The way to another page, whether it is drawn as a link or as a button.
function way(page, name) {
  const main = page.getByRole('main')
  return main.getByRole('button', { name }).or(main.getByRole('link', { name })).first()
}

// Radios and boxes are drawn by their labels; the input itself may lie under them.
async function tick(control) {
  await control.check({ force: true })
}

async function chooseFirst(page, label) {
  const list = page.getByLabel(label, { exact: true })
  const first = await list.locator('option:not([disabled]):not([value=""])').first().getAttribute('value')
  await list.selectOption(first)
}

async function choosePerson(page, label, name) {
  const list = page.getByLabel(label, { exact: true })
  const option = list.locator('option:not([disabled])').filter({ hasText: name }).first()
  await list.selectOption(await option.getAttribute('value'))
}
