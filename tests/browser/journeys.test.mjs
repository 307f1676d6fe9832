// What people do from end to end, without script: one complaint from the form to the decision at stage 2, and a review from its figures to what
// everybody can read.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { launch, openWindow } from './harness/browser.mjs'
import { axeFindings, listen, picture, sidewaysFindings } from './harness/checks.mjs'
import { startDemo } from './harness/demo.mjs'
import { ADMINISTRATOR, COORDINATOR, HELPLINE, INVESTIGATOR, REVIEWER, SENIOR, SENIOR_READER, person, press, signIn, signIns } from './harness/people.mjs'

const WORDS = 'The Wi-Fi on the second floor of the Main Library dropped four times during my timed online test on Friday.'
const NOTE = 'Rang twice: “one” & <two>.\n\nThey want a call after 4pm.'
const DONE_AT_STAGE_1 = 'We are sorry. We replaced both points on Wednesday.'
const DONE_AT_STAGE_2 = 'We refund your travel on Friday.'
const CHANGED_AT_SIGN_OFF = 'We refund your travel on Friday, and we are sorry that you had to ask.'
const NOTED = 'A second person would have seen it.'
const RECOMMENDED = 'Two people know each open case'
const OUR_WORDS = 'Thank you. We know that it took you time to tell us.'
const WE_DID = 'Two people now know each open complaint.'

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

test('a complaint goes from the form through both stages and sign-off (flow G) to its decision, without script', (t) => lookingBackOnFailure(t, async () => {
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
  const investigator = await comesToWork(INVESTIGATOR, 'blocked')
  await investigates(investigator, complainant, reference)
  await drafts(investigator, reference)
  await seesNothingYet(complainant, reference, DONE_AT_STAGE_2)
  const senior = await comesToWork(SENIOR, 'blocked')
  await sendsBack(senior, reference)
  await changesTheDraft(investigator, reference)
  await changesWords(senior, reference)
  await seesNothingYet(complainant, reference, CHANGED_AT_SIGN_OFF)
  await seesWhatWasChanged(investigator, reference)
  await signsOff(senior, reference)
  await readsTheDecision(complainant, reference, CHANGED_AT_SIGN_OFF)
  await provesWhatWentOut(senior, reference)
}))

test('a review is read, noted and finished; what it asked for is done and published, without script', (t) => lookingBackOnFailure(t, async () => {
  const reviewer = await comesToWork(REVIEWER)
  const month = await readsTheFigures(reviewer)
  await notesACase(reviewer, month)
  const action = await recommends(reviewer, month)
  await finishes(reviewer, month)
  await seesItFrozen(reviewer, month)

  const investigator = await comesToWork(INVESTIGATOR)
  await reportsDone(investigator, action)
  await publishes(reviewer, action)
  const passerBy = await walkIn()
  await passerBy.goto('/')
  await press(passerBy, passerBy.getByRole('link', { name: 'All changes, and the figures' }))
  await passerBy.getByText(WE_DID).waitFor()
  await picture(passerBy, 'journey-you-said-we-did')

  const senior = await comesToWork(SENIOR_READER)
  await senior.goto(`${month}?show=whole`)
  await senior.getByText(RECOMMENDED).first().waitFor()
  assert.equal(await senior.getByText(NOTED).count(), 0, 'what is noted on a case is for those who may see cases')
  assert.equal(await senior.locator('main a[href^="/staff/c/"]').count(), 0, 'no way to a case')
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

test('a wording is changed and stands in the next letter; a colour that cannot be read is refused; a procedure is published, without script', (t) => lookingBackOnFailure(t, async () => {
  const admin = await comesToWork(ADMINISTRATOR, 'blocked')
  await changesAWording(admin)
  await complains(await walkIn())
  await readsInTheLetterBox(admin, OUR_WORDS)
  await isRefusedAColour(admin)
  await publishesAProcedure(admin)
  const passerBy = await walkIn()
  await passerBy.goto('/procedure')
  await passerBy.getByText('4 working days').first().waitFor()
}))

async function changesAWording(page) {
  await page.goto('/staff/settings/wording')
  await press(page, page.getByRole('link', { name: /acknowledgement \(acknowledgement\)/ }))
  const words = page.getByLabel('Wording', { exact: true })
  const before = await words.inputValue()
  await words.fill(before.replace('{{ reference }}', '{{ refrence }}'))
  await press(page, page.getByRole('button', { name: 'Save the wording' }))
  await page.getByText('asks for a fact that does not exist').first().waitFor()
  assert.deepEqual([...(await axeFindings(page)), ...(await sidewaysFindings(page))], [])
  await words.fill(before.replace('\n\n', `\n\n${OUR_WORDS}\n\n`))
  await press(page, page.getByRole('button', { name: 'Show how it reads' }))
  await page.getByText(`${OUR_WORDS}`).first().waitFor()
  await picture(page, 'journey-wording-preview')
  await press(page, page.getByRole('button', { name: 'Save the wording' }))
  await page.getByText('Saved. The next letter uses these words').waitFor()
}

// A letter goes out after the act that owes it: asked again until then.
async function readsInTheLetterBox(page, words) {
  for (let tries = 0; tries < 40; tries += 1) {
    await page.goto('/staff/letters')
    await press(page, page.locator('main a[href^="/staff/letters/"]').first())
    if ((await page.getByRole('main').innerText()).includes(words)) return
    await pause(250)
  }
  assert.fail(`no letter says "${words}":\n${await page.getByRole('main').innerText()}`)
}

async function isRefusedAColour(page) {
  await page.goto('/staff/settings/brand')
  await page.getByLabel('Accent colour').fill('#3aa0b5')
  await press(page, page.getByRole('button', { name: 'Save the brand' }))
  const why = page.getByRole('link', { name: /it needs 4.5:1. The nearest that passes is #/ })
  const nearest = /#[0-9a-f]{6}/.exec(await why.innerText())[0]
  assert.deepEqual([...(await axeFindings(page)), ...(await sidewaysFindings(page))], [])
  await picture(page, 'journey-brand-refused')
  await page.getByLabel('Accent colour').fill(nearest)
  await press(page, page.getByRole('button', { name: 'Save the brand' }))
  await page.getByText('The brand is saved.').waitFor()
  const passerBy = await walkIn('blocked')
  await passerBy.goto('/')
  assert.deepEqual(await axeFindings(passerBy), [], 'the colour that the product names can be read on the public page')
  const button = passerBy.getByRole('button', { name: 'Make a complaint' }).or(passerBy.getByRole('link', { name: 'Make a complaint' }))
  assert.ok(await button.first().isVisible())
}

async function publishesAProcedure(page) {
  await page.goto('/staff/settings/procedure')
  await press(page, way(page, 'Publish a new version'))
  const text = page.getByLabel('Or change the text')
  const before = await text.inputValue()
  const changed = before.replace('version = "1"', 'version = "2"').replace('unit = "working_days"\namount = 3', 'unit = "working_days"\namount = 4')
  await text.fill(changed)
  await press(page, page.getByRole('button', { name: 'Show what would change' }))
  await page.getByText('Version 2 would replace version 1').first().waitFor()
  await page.getByText('Decision at stage 1: limit').waitFor()
  assert.deepEqual([...(await axeFindings(page)), ...(await sidewaysFindings(page))], [])
  await picture(page, 'journey-procedure-what-changes')
  await press(page, page.getByRole('button', { name: 'Publish', exact: true }))
  await page.getByText('Version 2 is published. In force since').waitFor()
}

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

// axe runs nowhere where the browser runs no script: who is looked at with it has script blocked instead.
async function walkIn(script = 'off') {
  const window = await openWindow(browser, demo.url, { script })
  return window.newPage()
}

async function comesToWork(role, script) {
  const page = await walkIn(script)
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

// Flow F: conflict check, points agreed in writing, plan, evidence, interview, findings; the list says what is next.
async function investigates(page, complainant, reference) {
  await page.goto(`/staff/c/${reference}/investigation`)
  await press(page, page.getByRole('button', { name: 'Continue: agree the points' }))
  await press(page, page.getByRole('button', { name: 'Send the points' }))
  await page.getByText('The points are on their way').waitFor()
  await complainant.goto(`/track/${reference}`)
  await tick(complainant.getByLabel('Yes, that is what I complained about'))
  await press(complainant, complainant.getByRole('button', { name: 'Send my answer' }))
  await complainant.getByRole('heading', { name: /We have your answer/ }).waitFor()
  await page.goto(`/staff/c/${reference}/investigation`)
  await press(page, page.getByRole('button', { name: 'Continue: conflict check' }))
  await tick(page.getByLabel('I have no conflict with the people or the service'))
  await press(page, page.getByRole('button', { name: 'Declare' }))
  await page.goto(`/staff/c/${reference}/investigation/evidence`)
  await page.getByLabel('What is it?').fill('Log of the access points')
  await page.getByLabel('Who or what does it come from?').fill('Network team')
  await page.getByLabel('What does it say?').fill('They restarted four times.')
  await press(page, page.getByRole('button', { name: 'Add evidence' }))
  await page.getByText('Evidence kept.').waitFor()
  await page.goto(`/staff/c/${reference}/investigation/interviews`)
  await page.getByLabel('Because').fill('The log says it all.')
  await press(page, page.getByRole('button', { name: 'Record that none is needed' }))
  await page.goto(`/staff/c/${reference}/investigation/findings`)
  await page.locator('textarea[name^="finding-"]').first().fill('The points were known to restart, and the notice was not sent.')
  await page.locator('select[name^="point-"]').first().selectOption('upheld')
  await tick(page.getByLabel('Evidence 1: Log of the access points').first())
  await press(page, page.getByRole('button', { name: 'Save findings' }))
  await page.getByText('Findings saved.').waitFor()
  await page.goto(`/staff/c/${reference}/investigation`)
  await page.getByRole('button', { name: 'Continue: letter' }).waitFor()
  await picture(page, 'journey-tasks')
}

async function drafts(page, reference) {
  await page.goto(`/staff/c/${reference}/investigation/letter`)
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

// Everything on the page reads well for everybody, at the width of a telephone too.
async function readsWell(page, name) {
  await picture(page, name)
  assert.deepEqual(await axeFindings(page), [])
  const wide = page.viewportSize()
  await page.setViewportSize({ width: 390, height: 844 })
  assert.deepEqual(await sidewaysFindings(page), [])
  await picture(page, `${name}-390`)
  await page.setViewportSize(wide)
}

async function opensTheLetter(page, reference) {
  await page.goto('/staff/sign-off')
  await press(page, page.locator(`a[href$="${reference}"]`).first())
}

async function sendsBack(page, reference) {
  await opensTheLetter(page, reference)
  await tick(page.getByLabel(/^Send it back to/))
  await press(page, page.getByRole('button', { name: 'Confirm decision' }))
  await page.getByRole('link', { name: 'Write what needs to change, so that the author knows' }).waitFor()
  await page.getByLabel(/^Comments for/).fill('Say when the points were replaced.')
  await press(page, page.getByRole('button', { name: 'Confirm decision' }))
  await page.getByText('Sent back to its author.').waitFor()
}

async function changesTheDraft(page, reference) {
  await page.goto(`/staff/c/${reference}/investigation`)
  await page.getByText('Say when the points were replaced.').first().waitFor()
  await press(page, page.getByRole('button', { name: /^Continue: (the )?letter/ }))
  await page.getByLabel('What they told us, and what we found').fill('We are sorry that nobody told you before the test on Friday 5 June.')
  await press(page, page.getByRole('button', { name: 'Send for sign-off' }))
}

// The letter that came again shows what is new in it; then words of it are changed before it is approved.
async function changesWords(page, reference) {
  await opensTheLetter(page, reference)
  const marked = page.locator('.fc-changes')
  await marked.locator('ins', { hasText: 'Friday 5 June' }).first().waitFor()
  await readsWell(page, 'journey-sign-off-changes')
  await tick(page.getByLabel('Change words first'))
  await press(page, page.getByRole('button', { name: 'Confirm decision' }))
  await page.getByLabel('What we have done').fill(CHANGED_AT_SIGN_OFF)
  await page.getByLabel(/^Why you changed it/).fill('Say sorry for that too.')
  await readsWell(page, 'journey-sign-off-edit')
  await press(page, page.getByRole('button', { name: 'Save as a new version' }))
  await page.getByText('Saved as a new version, and its author is told.').waitFor()
}

async function seesWhatWasChanged(page, reference) {
  await page.goto(`/staff/c/${reference}/letters`)
  await page.getByText('Why: Say sorry for that too.').waitFor()
  await page.locator('.fc-changes ins', { hasText: 'sorry that you had to ask' }).first().waitFor()
  await readsWell(page, 'journey-versions')
}

async function provesWhatWentOut(page, reference) {
  await page.goto(`/staff/c/${reference}/letters`)
  await page.getByText('Exactly what was approved').waitFor()
  await readsWell(page, 'journey-letters')
}

async function signsOff(page, reference) {
  await page.goto('/staff/sign-off')
  await press(page, page.locator(`a[href$="${reference}"]`).first())
  await tick(page.getByLabel('Sign off and send it now'))
  await tick(page.getByLabel(/I have read the findings/))
  await picture(page, 'journey-sign-off')
  await press(page, page.getByRole('button', { name: 'Confirm decision' }))
}

// The month that waits, and the figure that says how many decisions were in time: its cases are listed behind it.
async function readsTheFigures(page) {
  await page.goto('/staff/review')
  await press(page, page.getByRole('row').filter({ hasText: /Late|To be held/ }).getByRole('link').first())
  const month = new URL(page.url()).pathname
  await page.getByText('Every figure').waitFor()
  await press(page, page.locator('.fc-kpi').filter({ hasText: 'Stage 1 on time' }).getByRole('link'))
  const listed = await page.locator('section[aria-labelledby="behind"] tbody tr').count()
  const said = await page.locator('.fc-kpi').filter({ hasText: 'Stage 1 on time' }).innerText()
  const hidden = await page.locator('section[aria-labelledby="behind"]').innerText()
  const more = Number(/(\d+) more (?:is|are) about/.exec(hidden)?.[1] ?? 0)
  assert.equal(listed + more, Number(/of (\d+)/.exec(said)[1]), 'as many cases as were counted')
  return month
}

async function notesACase(page, month) {
  await page.goto(month)
  await press(page, page.getByRole('link', { name: /^Add a note/ }).first())
  await page.getByLabel(/^Note on FC-/).fill(NOTED)
  await press(page, page.getByRole('button', { name: 'Add this note' }))
  await page.getByText(NOTED).waitFor()
}

async function recommends(page, month) {
  await press(page, page.getByRole('link', { name: 'Recommend a change' }))
  await page.getByLabel('What should change?').fill(RECOMMENDED)
  await page.getByLabel('Owner').fill('Helpline')
  await page.getByLabel('By', { exact: true }).fill('2036-03-03')
  await press(page, page.getByRole('button', { name: 'Add it to the register' }))
  assert.equal(new URL(page.url()).pathname, month)
  return page.getByRole('link', { name: RECOMMENDED }).getAttribute('href')
}

async function finishes(page, month) {
  await page.goto(month)
  await press(page, way(page, 'Finish this review'))
  await picture(page, 'journey-finish-review')
  await press(page, page.getByRole('button', { name: 'Freeze and finish' }))
}

async function seesItFrozen(page, month) {
  await page.goto(month)
  await page.getByRole('heading', { name: /Finished/ }).waitFor()
  await page.getByText(NOTED).waitFor()
  assert.equal(await page.getByRole('button', { name: /Freeze|Finish|Add/ }).count(), 0, 'nothing more is noted')
}

async function reportsDone(page, action) {
  await page.goto(action)
  await tick(page.getByLabel('It is done'))
  await page.getByLabel('In a sentence or two').fill('The form asks for both names.')
  await press(page, page.getByRole('button', { name: 'Save' }))
}

async function publishes(page, action) {
  await page.goto(action)
  await press(page, page.getByRole('link', { name: 'Write the words for everybody' }))
  await page.getByLabel('You said').fill('Nobody knew about my complaint while its owner was away.')
  await page.getByLabel('We did').fill(WE_DID)
  await press(page, page.getByRole('button', { name: 'Publish' }))
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
