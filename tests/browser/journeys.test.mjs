// What people do from end to end, without script: one complaint from the form to the decision at stage 2, and words that are not lost on the
// way.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { axeFindings, listen, picture, readsWell, sidewaysFindings } from './harness/checks.mjs'
import { complains } from './harness/complaint.mjs'
import { chooseFirst, choosePerson, tick, way } from './harness/controls.mjs'
import { demonstration } from './harness/demonstration.mjs'
import { ADMINISTRATOR, COORDINATOR, HELPLINE, INVESTIGATOR, SENIOR, press } from './harness/people.mjs'

const NOTE = 'Rang twice: “one” & <two>.\n\nThey want a call after 4pm.'
const DONE_AT_STAGE_1 = 'We are sorry. We replaced both points on Wednesday.'
const DONE_AT_STAGE_2 = 'We refund your travel on Friday.'
const QUESTION = 'On which floor were you, and at what time?'
const NO_ANSWER = 'No answer to our questions'
const SOMETHING_ELSE = 'And the printer beside the stairs took my money twice.'
const CHANGED_AT_SIGN_OFF = 'We refund your travel on Friday, and we are sorry that you had to ask.'

// axe runs nowhere where the browser runs no script: who is looked at with it has script blocked instead.
const { open, whose, walkIn, comesToWork, lookingBackOnFailure } = demonstration({ script: 'off' })

test('an empty complaint is answered with what to do, and nothing that was typed is lost', async () => {
  for (const script of ['on', 'blocked']) {
    const window = await open({ width: 390, script })
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
  await triages(coordinator, reference, whose(HELPLINE).name)
  await decidesAtStage1(helpline, reference)

  await readsTheDecision(complainant, reference, DONE_AT_STAGE_1)
  await asksForStage2(complainant, reference)

  await assentsToStage2(coordinator, reference, whose(INVESTIGATOR).name)
  const investigator = await comesToWork(INVESTIGATOR, { script: 'blocked' })
  await investigates(investigator, complainant, reference)
  await drafts(investigator, reference)
  await seesNothingYet(complainant, reference, DONE_AT_STAGE_2)
  const senior = await comesToWork(SENIOR, { script: 'blocked' })
  await sendsBack(senior, reference)
  await changesTheDraft(investigator, reference)
  await changesWords(senior, reference)
  await seesNothingYet(complainant, reference, CHANGED_AT_SIGN_OFF)
  await seesWhatWasChanged(investigator, reference)
  await signsOff(senior, reference)
  await readsTheDecision(complainant, reference, CHANGED_AT_SIGN_OFF)
  await provesWhatWentOut(senior, reference)
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
  const { username, password } = whose(HELPLINE)
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

test('a message about something else becomes a complaint of its own, and both people see it (A26), without script', (t) => lookingBackOnFailure(t, async () => {
  const complainant = await walkIn()
  const { reference } = await complains(complainant)
  const coordinator = await comesToWork(COORDINATOR)
  await triages(coordinator, reference, whose(HELPLINE).name)
  await complainant.goto(`/track/${reference}`)
  await complainant.getByLabel(/^Your message/).fill(SOMETHING_ELSE)
  await press(complainant, complainant.getByRole('button', { name: 'Send message' }))

  const helpline = await comesToWork(HELPLINE, { script: 'blocked' })
  await helpline.goto(`/staff/c/${reference}`)
  await press(helpline, helpline.getByRole('link', { name: 'Is this a new issue?' }))
  await readsWell(helpline, 'journey-new-issue')
  await press(helpline, helpline.getByRole('button', { name: 'Make it a complaint of its own' }))
  await helpline.getByText('It is a complaint of its own now').waitFor()
  const apart = new URL(helpline.url()).pathname.split('/').pop()
  assert.notEqual(apart, reference)
  await helpline.goto(`/staff/c/${reference}`)
  await helpline.getByText(`Dealt with as ${apart}`).waitFor()
  await coordinator.goto('/staff/triage')
  await coordinator.locator(`a[href*="${apart}"]`).first().waitFor()

  await complainant.goto(`/track/${reference}`)
  await complainant.getByText('We deal with something that you wrote as a complaint of its own').waitFor()
  await press(complainant, complainant.getByRole('main').getByRole('link', { name: new RegExp(apart) }))
  assert.equal(new URL(complainant.url()).pathname, `/track/${apart}`)
  await complainant.getByText('You will have our decision by the end of').waitFor()
}))

test('a question stays without an answer until a person closes the case (A41), without script', (t) => lookingBackOnFailure(t, async () => {
  const complainant = await walkIn()
  const { reference } = await complains(complainant)
  await triages(await comesToWork(COORDINATOR), reference, whose(HELPLINE).name)
  const helpline = await comesToWork(HELPLINE)
  await asks(helpline, reference)
  await complainant.goto(`/track/${reference}`)
  await complainant.getByText('We have a question for you').waitFor()
  await complainant.getByText(QUESTION).first().waitFor()
  await helpline.goto(`/staff/c/${reference}/close`)
  await helpline.getByText(/It cannot be closed yet because no answer came\. They get a reminder of our question on /).waitFor()
  assert.equal(await helpline.getByLabel(NO_ANSWER).count(), 0, 'and it is no reason that can be chosen')

  // The demonstration has one that was asked three weeks ago.
  const investigator = await comesToWork(INVESTIGATOR, { script: 'blocked' })
  await investigator.goto('/staff/search?q=Piotr+Lane')
  await press(investigator, investigator.locator('main a[href^="/staff/c/"]').first())
  const old = new URL(investigator.url()).pathname.split('/').pop()
  await investigator.getByText(/We reminded them twice|reminded them 2 times/).waitFor()
  await closesForWantOfAnAnswer(investigator, old)
  await investigator.getByText('Closed: no answer to our questions').first().waitFor()
  await readsWell(investigator, 'journey-closed-unanswered')

  const theirs = await opensTheirLetter(old)
  await theirs.getByText('This is closed: no answer to our questions.').waitFor()
}))

async function asks(page, reference) {
  await page.goto(`/staff/c/${reference}/question`)
  await page.getByLabel('What do you need to know?').fill(QUESTION)
  await page.getByRole('radio').first().check({ force: true })
  await press(page, page.getByRole('button', { name: /^Ask / }))
}

async function closesForWantOfAnAnswer(page, reference) {
  await page.goto(`/staff/c/${reference}/close`)
  await tick(page.getByLabel(NO_ANSWER))
  await page.getByLabel('Say why').fill('We asked where it was and heard nothing, and cannot find it without that.')
  await press(page, page.getByRole('button', { name: 'Close the case and tell them' }))
}

// The newest letter of a case in the letter box of the demonstration, and the page that its link opens for whoever complained.
async function opensTheirLetter(reference) {
  const admin = await comesToWork(ADMINISTRATOR)
  const letter = admin.locator('main a[href^="/staff/letters/"]', { hasText: reference }).first()
  for (let tries = 0; tries < 40 && !(await letter.isVisible()); tries += 1) {
    await admin.goto('/staff/letters')
    await pause(100)
  }
  await press(admin, letter)
  const link = /https?:\/\/\S+\/track\/\S+/.exec(await admin.locator('.fc-mail').innerText())[0]
  const theirs = await walkIn()
  await theirs.goto(new URL(link).pathname)
  return theirs
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
  await tick(complainant.getByLabel('Yes, this is right'))
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
  await press(page, page.getByRole('link', { name: 'Evidence 1: Log of the access points' }))
  assert.equal(new URL(page.url()).hash, '#evidence-1', 'what the finding rests on is one step away')
  await page.goBack()
  await tick(page.getByLabel('Sign off and send it now'))
  await tick(page.getByLabel(/I have read the findings/))
  await picture(page, 'journey-sign-off')
  await press(page, page.getByRole('button', { name: 'Confirm decision' }))
}
