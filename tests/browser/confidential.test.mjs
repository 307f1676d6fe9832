// A complaint about a member of staff, from the form to the line manager's mailbox: through a real directory server and a real mail server, without
// our script where nothing else is said. Nobody here can read it once it is out, and nobody loses it while it is not.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { confirms, confirmsWithoutTaking, findsNothing, handsOver, isSealed, seesOn, seesTheStubOnly } from './confidential/acts.mjs'
import { ALEX, AMARA, DANIEL, HELEN, LEILA, LENA, OMAR, RUTH, confidentialOffice } from './confidential/office.mjs'
import { readsWell } from './harness/checks.mjs'
import { complains } from './harness/complaint.mjs'
import { tick } from './harness/controls.mjs'
import { cannotBeHad } from './harness/installation.mjs'
import { press } from './harness/people.mjs'

const ABOUT_DANIEL = 'I rang on Tuesday about my exam account. Daniel Green shouted at me and hung up on me twice.'
const ADDED = 'He rang me back today, and was as loud as before.'
const ABOUT_OMAR = 'Omar Haddad at the workshop laughed at me when I asked for my laptop, and swore at me.'
const ABOUT_LENA = 'Lena Fox was rude to me at the stores counter and told the whole queue why I needed a loan laptop.'
const ABOUT_HELEN = 'Helen Marsh shouted at me in the corridor after I had asked about the outage.'
const ABOUT_RUTH = 'Ruth Adeyemi told me on the telephone that I was a nuisance, and laughed at me.'
const SUNITA = 's.verma@calderbrook.example'
const GRACE = { name: 'Grace Obi', email: 'g.obi@calderbrook.example' }
const REGISTRAR = 'registrar@calderbrook.example'
const IVAN = 'i.moss@calderbrook.example'
const HANDED = /^In confidence/
const WITH_CODE = /^Your code/

describe('complaints about a member of staff', { skip: cannotBeHad() }, () => {
  const office = confidentialOffice()
  // What one journey leaves for a later one.
  const left = new Map()
  const leftBy = (name) => left.get(name) ?? assert.fail(`the journey that leaves "${name}" has to come first`)

  test('a mailbox puts the letter off: nothing is removed, and it is tried again', office.journey(async () => {
    const { reference } = await complains(await office.walksIn({ script: 'on' }), ABOUT_LENA)
    const ruth = await office.comesToWork(RUTH)
    await confirms(ruth, reference, LENA)
    await handsOver(ruth, reference, { suggested: ['Ivan Moss is asked. They are above Lena Fox.'] })
    await seesOn(ruth, `/staff/c/${reference}/handover`, /It did not arrive.*We try again by ourselves\. Nothing was taken away\./)
    await ruth.goto(`/staff/c/${reference}`)
    await ruth.getByText(ABOUT_LENA).first().waitFor()
    left.set('put off', reference)
  }))

  test('a complaint by name is held, confirmed, handed over past whoever is away, and gone for everybody here', office.journey(async () => {
    const complainant = await office.walksIn({ width: 390 })
    const { reference, code } = await complains(complainant, ABOUT_DANIEL)
    await readsWell(complainant, 'confidential-sent')
    const acknowledged = await office.mail.newest('p.nair@student.calderbrook.example', new RegExp(reference))
    assert.ok(!acknowledged.whole.includes('Daniel'), 'the letter that acknowledges it names nobody')
    const words = [ABOUT_DANIEL, 'exam account']
    const [amara, daniel, ruth] = [await office.comesToWork(AMARA), await office.comesToWork(DANIEL), await office.comesToWork(RUTH)]
    await findsNothing(amara, reference, [...words, 'Priya Nair'])
    await findsNothing(daniel, reference, [...words, 'Priya Nair'])

    await confirms(ruth, reference, DANIEL)
    await findsNothing(amara, reference, words)
    await ruth.goto(`/staff/c/${reference}`)
    await readsWell(ruth, 'confidential-restricted')
    await press(ruth, ruth.getByRole('link', { name: 'Hand it over to a line manager' }))
    await readsWell(ruth, 'confidential-handover')
    await handsOver(ruth, reference, {
      suggested: ['Nadia Rahman was passed over: they are away.', 'Sunita Verma is asked. They are above Daniel Green.'],
    })
    await isSealed(ruth, reference)
    await readsWell(ruth, 'confidential-with-a-line-manager')

    await seesTheStubOnly(ruth, reference, words)
    await ruth.goto(`/staff/c/${reference}`)
    await readsWell(ruth, 'confidential-stub')
    await ruth.goto('/staff/confidential')
    await ruth.getByRole('link', { name: reference }).waitFor()
    await readsWell(ruth, 'confidential-list')
    await findsNothing(amara, reference, words)
    await findsNothing(daniel, reference, words)
    left.set('sealed', { reference, code })
  }))

  test('the line manager has a mailbox and no account: they read with a code, and two links say the rest', office.journey(async () => {
    const { reference, code } = leftBy('sealed')
    const letter = await office.mail.newest(SUNITA, HANDED)
    assert.ok(letter.subject.includes(reference))
    for (const word of ['Daniel', 'Priya', 'shouted']) assert.ok(!letter.whole.includes(word), `the letter says "${word}"`)
    const link = linkIn(letter)
    const sunita = await office.walksIn()
    await sunita.goto(link)
    await sunita.getByRole('heading', { name: 'A complaint for you to deal with' }).waitFor()
    await readsWell(sunita, 'confidential-link')
    assert.ok(!(await sunita.locator('body').innerText()).includes('Daniel'), 'the link alone shows nothing')

    const used = await readsWithACode(sunita, link)
    await sunita.getByText(ABOUT_DANIEL).waitFor()
    await sunita.getByText('Priya Nair').first().waitFor()
    await readsWell(sunita, 'confidential-reading')
    await press(sunita, sunita.getByRole('button', { name: 'I have read it: close this page' }))

    await isForwarded(await office.walksIn({ width: 390 }), link, used)

    await saysThatTheyHaveIt(sunita, link)
    const complainant = await office.walksIn({ width: 390 })
    await tracks(complainant, reference, code)
    await complainant.getByText('The manager told us that they have it').first().waitFor()
    await complainant.getByText('You will have our decision by the end of').first().waitFor()
    assert.ok(!(await complainant.locator('main').innerText()).includes('shouted'), 'their own words are kept nowhere here')
    await readsWell(complainant, 'confidential-track')
    await complainant.getByLabel('Your message to the manager who has it').fill(ADDED)
    await press(complainant, complainant.getByRole('button', { name: 'Send message' }))
    await complainant.getByText('The manager who deals with it has it.').waitFor()
    const news = await office.mail.newest(SUNITA, /^Something was added/)
    assert.ok(!news.whole.includes(ADDED))
    await readsWithACode(sunita, link)
    await sunita.getByText(ADDED).waitFor()

    const ruth = await office.comesToWork(RUTH)
    await ruth.goto(`/staff/c/${reference}`)
    assert.match(await ruth.locator('main').innerText(), /Decision, stage 1\s+Due by the end of [^,]+, not yet/)

    await saysThatTheyHaveFinished(sunita, link)
    await ruth.goto(`/staff/c/${reference}`)
    assert.match(await ruth.locator('main').innerText(), /Decision, stage 1\s+Due by the end of [^,]+, met /)
    await complainant.goto(`/track/${reference}`)
    await complainant.getByText('We agree with your complaint').first().waitFor()
    await complainant.getByText(/The manager who dealt with it told us that they gave you their decision/).first().waitFor()
    await readsWell(complainant, 'confidential-track-decided')
  }))

  test('a mailbox refuses: nothing is removed, the case says so, and somebody else gets it', office.journey(async () => {
    const { reference } = await complains(await office.walksIn({ script: 'on' }), ABOUT_OMAR)
    const ruth = await office.comesToWork(RUTH)
    await confirms(ruth, reference, OMAR)
    await handsOver(ruth, reference, { suggested: ['Petra Vale is asked. They are above Omar Haddad.'] })
    await seesOn(ruth, `/staff/c/${reference}/handover`, /It did not arrive.*550.*no such mailbox here.*Nobody tries again.*Nothing was taken away\./)
    await readsWell(ruth, 'confidential-refused')
    await ruth.goto(`/staff/c/${reference}`)
    await ruth.getByText(ABOUT_OMAR).first().waitFor()

    await ruth.goto(`/staff/c/${reference}/handover`)
    await ruth.getByLabel('Why do you take it back?').fill('That mailbox is closed.')
    await press(ruth, ruth.getByRole('button', { name: 'Take it back' }))
    await handsOver(ruth, reference, { to: GRACE })
    await isSealed(ruth, reference)
    await seesTheStubOnly(ruth, reference, [ABOUT_OMAR, 'asked for my laptop'])
    left.set('with Grace', { reference, link: linkIn(await office.mail.newest(GRACE.email, HANDED)) })
    assert.equal(office.mail.all('p.vale@calderbrook.example').length, 0)
  }))

  test('a sealed case is opened by two people, for a while, on record, and never by whoever runs the product', office.journey(async () => {
    const { reference } = leftBy('with Grace')
    const opening = `/staff/c/${reference}/opening`
    const [ruth, leila] = [await office.comesToWork(RUTH), await office.comesToWork(LEILA)]
    await ruth.goto(`/staff/c/${reference}`)
    await press(ruth, ruth.getByRole('link', { name: 'Open it all the same' }))
    await readsWell(ruth, 'confidential-ask-to-open')
    await press(ruth, ruth.getByRole('button', { name: 'Ask to open it' }))
    await ruth.getByRole('link', { name: 'Choose why it has to be opened' }).waitFor()
    await tick(ruth.getByLabel(/left, is away, or does not answer/))
    await ruth.getByLabel('Why, and why now?').fill('Grace left on Friday, and nobody can say what was agreed.')
    await press(ruth, ruth.getByRole('button', { name: 'Ask to open it' }))
    await ruth.getByRole('button', { name: 'Take it back' }).waitFor()
    assert.equal(await ruth.getByRole('button', { name: 'Agree' }).count(), 0, 'nobody agrees with themselves')
    assert.notEqual((await ruth.goto(`${opening}/read`)).status(), 200)

    await findsNothing(await office.comesToWork(ALEX), reference, [ABOUT_OMAR, 'asked for my laptop'])
    await findsNothing(await office.comesToWork(AMARA), reference, [ABOUT_OMAR])

    await leila.goto('/staff/confidential')
    await press(leila, leila.getByRole('link', { name: 'Somebody asks to open it' }))
    await leila.getByText('Grace left on Friday, and nobody can say what was agreed.').waitFor()
    await readsWell(leila, 'confidential-second-person')
    await press(leila, leila.getByRole('button', { name: 'Agree' }))
    assert.notEqual((await leila.goto(`${opening}/read`)).status(), 200, 'only whoever asked reads it')

    await ruth.goto(opening)
    await press(ruth, ruth.getByRole('link', { name: 'Read the complaint' }))
    await ruth.getByText(ABOUT_OMAR).waitFor()
    await readsWell(ruth, 'confidential-opened')
    await leila.goto('/staff/confidential')
    await leila.getByRole('link', { name: 'It is open to somebody now' }).waitFor()
    await leila.goto(`/staff/c/${reference}`)
    await readsWell(leila, 'confidential-on-record')
    for (const happened of ['seal.opening_asked', 'seal.opening_agreed', 'seal.opened']) {
      await leila.getByRole('row').filter({ hasText: happened }).first().waitFor()
    }
    await ruth.goto(opening)
    await press(ruth, ruth.getByRole('button', { name: 'I have read enough: close it' }))
    assert.notEqual((await ruth.goto(`${opening}/read`)).status(), 200, 'and then no more')
  }))

  test('handed on, the link of whoever had it before says that it is over', office.journey(async () => {
    const { reference, link } = leftBy('with Grace')
    const ruth = await office.comesToWork(RUTH)
    await handsOver(ruth, reference, { to: { name: 'Sunita Verma', email: SUNITA }, sends: 'Send it to them' })
    const next = linkIn(await office.mail.newest(SUNITA, HANDED))
    const grace = await office.walksIn({ width: 390 })
    await seesOn(grace, link, 'This link does not open a complaint any more')
    await readsWell(grace, 'confidential-link-over')
    await grace.goto(`${link}/have`)
    await grace.getByText('This link does not open a complaint any more').waitFor()
    await grace.goto(next)
    await grace.getByRole('heading', { name: 'A complaint for you to deal with' }).waitFor()
  }))

  test('a complaint about the head goes to the nominated person outside', office.journey(async () => {
    const { reference } = await complains(await office.walksIn({ script: 'on', width: 390 }), ABOUT_HELEN)
    const helen = await office.comesToWork(HELEN)
    await findsNothing(helen, reference, [ABOUT_HELEN, 'corridor'])
    const ruth = await office.comesToWork(RUTH)
    await confirmsWithoutTaking(ruth, reference, HELEN, 'Ruth Adeyemi reports to somebody whom this complaint is about')
    await handsOver(ruth, reference, {
      suggested: ['Nobody above Helen Marsh can be asked by the directory, so it is Martin Fell, the nominated person outside.'],
    })
    await isSealed(ruth, reference)
    const letter = await office.mail.newest(REGISTRAR, HANDED)
    assert.ok(letter.subject.includes(reference))
    await findsNothing(helen, reference, [ABOUT_HELEN, 'corridor'])
  }))

  test('a complaint about the only coordinator is dealt with by the senior manager, and the coordinator finds nothing', office.journey(async () => {
    const ruth = await office.comesToWork(RUTH)
    const { reference } = await complains(await office.walksIn({ script: 'on' }), ABOUT_RUTH)
    const words = [ABOUT_RUTH, 'a nuisance']
    await findsNothing(ruth, reference, words)
    const helen = await office.comesToWork(HELEN)
    await confirmsWithoutTaking(helen, reference, RUTH, 'Helen Marsh cannot work on a complaint about a member of staff')
    await handsOver(helen, reference, { suggested: ['Helen Marsh is asked. They are above Ruth Adeyemi.'] })
    await isSealed(helen, reference)
    assert.ok((await office.mail.newest(HELEN.email, HANDED)).subject.includes(reference))
    await seesTheStubOnly(helen, reference, words)
    await findsNothing(ruth, reference, words)
  }))

  test('the letter that was put off is taken on the next try: sealed once, and one letter', office.journey(async () => {
    const reference = leftBy('put off')
    const ruth = await office.comesToWork(RUTH)
    const letter = await office.mail.newest(IVAN, HANDED)
    assert.ok(letter.subject.includes(reference))
    await isSealed(ruth, reference)
    await seesTheStubOnly(ruth, reference, [ABOUT_LENA, 'stores counter'])
    assert.equal(await ruth.getByRole('row').filter({ hasText: 'case.sealed' }).count(), 1)
    assert.equal(office.mail.all(IVAN).length, 1)
  }))

  test('the directory is down: the complaint is taken and held, and a person decides', office.journey(async () => {
    await office.stopDirectory()
    assert.notEqual(office.run('directory', 'read').status, 0, 'it is down')
    const { reference } = await complains(await office.walksIn({ script: 'on', width: 390 }), ABOUT_DANIEL)
    await findsNothing(await office.comesToWork(AMARA), reference, [ABOUT_DANIEL])
    const ruth = await office.comesToWork(RUTH)
    await confirms(ruth, reference, DANIEL)
    await handsOver(ruth, reference, { suggested: ['Sunita Verma is asked. They are above Daniel Green.'] })
    await isSealed(ruth, reference)
  }))

  // Has a code sent, tries a wrong one, and types the one from the mailbox; answers it.
  async function readsWithACode(page, link) {
    await page.goto(link)
    await press(page, page.getByRole('button', { name: 'Send me a code' }))
    await page.getByRole('heading', { name: 'Enter the code that we sent you' }).waitFor()
    await readsWell(page, 'confidential-code')
    await page.getByLabel('Code', { exact: true }).fill('000 001')
    await press(page, page.getByRole('button', { name: 'Read the complaint' }))
    await page.getByRole('link', { name: 'That is not the code that we sent' }).waitFor()
    const code = /(\d{3} \d{3})/.exec((await office.mail.newest(SUNITA, WITH_CODE)).text)[1]
    await page.getByLabel('Code', { exact: true }).fill(code)
    await press(page, page.getByRole('button', { name: 'Read the complaint' }))
    return code
  }
})

// Another browser with the same link: nothing of the complaint, and a code that was used opens nothing.
async function isForwarded(page, link, used) {
  await page.goto(`${link}/read`)
  await page.getByRole('heading', { name: 'Enter the code that we sent you' }).waitFor()
  await page.getByLabel('Code', { exact: true }).fill(used)
  await press(page, page.getByRole('button', { name: 'Read the complaint' }))
  await page.getByRole('link', { name: 'That code does not work any more: each works once, for 15 minutes' }).waitFor()
  assert.ok(!(await page.locator('body').innerText()).includes('Daniel'))
  await readsWell(page, 'confidential-forwarded')
}

async function saysThatTheyHaveIt(page, link) {
  await page.goto(`${link}/have`)
  await readsWell(page, 'confidential-have')
  await press(page, page.getByRole('button', { name: 'I have it' }))
  await page.getByRole('heading', { name: 'Thank you. You have it' }).waitFor()
  await page.goto(`${link}/have`)
  await page.getByText(/You told us on .* that you have it\. There is nothing more for you to do here\./).waitFor()
  await readsWell(page, 'confidential-have-again')
}

async function saysThatTheyHaveFinished(page, link) {
  await page.goto(`${link}/finished`)
  await press(page, page.getByRole('button', { name: 'I have finished' }))
  await page.getByRole('link', { name: 'Enter the day on which you told them' }).waitFor()
  await page.getByRole('link', { name: 'Choose how it ended' }).waitFor()
  await readsWell(page, 'confidential-finished-errors')
  const today = await page.evaluate(() => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format())
  await page.getByLabel('On which day did you tell them your decision?').fill(today)
  await tick(page.getByLabel('Upheld', { exact: true }))
  await press(page, page.getByRole('button', { name: 'I have finished' }))
  await page.getByRole('heading', { name: 'Thank you. It is finished' }).waitFor()
  await page.goto(`${link}/finished`)
  await page.getByText(/You told us on .* that you have finished\. There is nothing more for you to do here\./).waitFor()
}

async function tracks(page, reference, code) {
  await page.goto('/track')
  await page.getByLabel('Reference').fill(reference)
  await page.getByLabel('Receipt code').fill(code)
  await press(page, page.getByRole('button', { name: 'See my complaint' }))
}

// The address of the page at the link of a letter.
function linkIn(letter) {
  return new URL(/https?:\/\/\S+\/handover\/[^\s)>/]+\/[0-9a-f]+/.exec(letter.text)[0]).pathname
}
