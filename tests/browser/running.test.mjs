// What those who run the service do, without script: a review from its figures to what everybody can read, and a wording, a brand and a
// procedure of their own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { axeFindings, picture, sidewaysFindings } from './harness/checks.mjs'
import { complains } from './harness/complaint.mjs'
import { tick, way } from './harness/controls.mjs'
import { demonstration } from './harness/demonstration.mjs'
import { ADMINISTRATOR, INVESTIGATOR, REVIEWER, SENIOR_READER, press } from './harness/people.mjs'

const NOTED = 'A second person would have seen it.'
const RECOMMENDED = 'Two people know each open case'
const OUR_WORDS = 'Thank you. We know that it took you time to tell us.'
const WE_DID = 'Two people now know each open complaint.'

// axe runs nowhere where the browser runs no script: who is looked at with it has script blocked instead.
const { walkIn, comesToWork, lookingBackOnFailure } = demonstration({ script: 'off' })

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

test('a wording is changed and stands in the next letter; a colour that cannot be read is refused; a procedure is published, without script', (t) => lookingBackOnFailure(t, async () => {
  const admin = await comesToWork(ADMINISTRATOR, { script: 'blocked' })
  await changesAWording(admin)
  await complains(await walkIn())
  await readsInTheLetterBox(admin, OUR_WORDS)
  await isRefusedAColour(admin)
  await publishesAProcedure(admin)
  await readsInTheProcedure(await walkIn(), '4 working days')
}))

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

// Where several nodes answer, the others hear of a new procedure a moment after the one that published it: asked again until then.
async function readsInTheProcedure(page, words) {
  for (let tries = 0; tries < 40; tries += 1) {
    await page.goto('/procedure')
    if ((await page.getByRole('main').innerText()).includes(words)) return
    await pause(250)
  }
  assert.fail(`the procedure does not say "${words}":\n${await page.getByRole('main').innerText()}`)
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
  const passerBy = await walkIn({ script: 'blocked' })
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
