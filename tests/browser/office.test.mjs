// Working in the office: a call with the keyboard alone, single keys on lists and cases and switched off, words that are kept while they are
// written, what a colleague did meanwhile, news that moves no row, and paper.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axeFindings, listen, picture, sidewaysFindings } from './harness/checks.mjs'
import { demonstration } from './harness/demonstration.mjs'
import { COORDINATOR, HELPLINE, press } from './harness/people.mjs'

// From the box for the words to the button: about one of us, who, reply to, service, problem, the folded part with what few calls need, what
// happens next, Save.
const STOPS = 8

const { open, comesToWork } = demonstration()

const focused = (page) => page.evaluate(() => document.activeElement?.name || document.activeElement?.textContent?.trim() || '')

async function goes(page, act) {
  await Promise.all([page.waitForEvent('framenavigated'), act()])
  await page.waitForLoadState('load')
}

// Puts a case of this person on the screen.
async function opensACase(page) {
  await page.goto('/staff/cases?state=open&kind=complaint&stage=1')
  await press(page, page.locator('a.fc-row__title[href^="/staff/c/"]').first())
  return new URL(page.url()).pathname
}

test('a call is logged with the keyboard alone', async () => {
  const page = await comesToWork(HELPLINE)
  await goes(page, () => page.keyboard.press('n'))
  assert.equal(new URL(page.url()).pathname, '/staff/log')
  assert.equal(await focused(page), 'words', 'the caret is in the words')
  await page.keyboard.type('Teams meetings keep freezing in room CB204. n j k ? /')
  assert.equal(await page.locator('dialog[open]').count(), 0, 'typing is typing')
  let folded = ''
  let stops = 0
  while ((await focused(page)) !== 'Save and get reference') {
    await page.keyboard.press('Tab')
    stops += 1
    assert.ok(stops <= STOPS, `${stops} stops, and at ${await focused(page)}`)
    if ((await focused(page)) === 'who') await page.keyboard.type('L. Marchetti')
    if ((await focused(page)).startsWith('More: ')) folded = await page.evaluate(() => document.activeElement.tagName)
  }
  assert.equal(stops, STOPS, 'tab stops from the first box to Save: change the number on purpose only')
  assert.equal(folded, 'SUMMARY', 'what few calls need is one stop')
  assert.equal(await page.locator('#job').isVisible(), false)
  await page.locator('summary', { hasText: 'More: ' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  assert.equal(await focused(page), 'job', 'and opens with the keyboard')
  await page.locator('summary', { hasText: 'More: ' }).focus()
  await goes(page, () => page.keyboard.press('Control+Enter'))
  await page.getByRole('heading', { name: 'Logged', exact: true }).waitFor()
  await page.getByText('Say this').waitFor()
  await page.context().close()
})

test('single keys walk lists and cases, open what they say, and do nothing while somebody types', async () => {
  const page = await comesToWork(HELPLINE)
  const complaints = listen(page)
  await page.goto('/staff/cases?state=open')
  const titles = page.locator('a.fc-row__title')
  const [first, second] = [await titles.nth(0).getAttribute('href'), await titles.nth(1).getAttribute('href')]
  const at = () => page.evaluate(() => document.activeElement.getAttribute('href'))
  await page.keyboard.press('j')
  assert.equal(await at(), first)
  await page.keyboard.press('j')
  assert.equal(await at(), second)
  await page.keyboard.press('k')
  assert.equal(await at(), first)
  await page.keyboard.press('k')
  await page.getByText('This is the first case of the list.').waitFor()
  for (const modified of ['Control+j', 'Alt+j', 'Meta+j', 'Shift+j']) {
    await page.keyboard.press(modified)
    assert.equal(await at(), first, modified)
  }
  await page.keyboard.press('/')
  assert.equal(await focused(page), 'q')
  await page.keyboard.type('jkn?')
  assert.equal(await page.locator('#q').inputValue(), 'jkn?')
  await titles.nth(0).focus()
  await goes(page, () => page.keyboard.press('Enter'))
  assert.equal(new URL(page.url()).pathname, first)
  if (first.startsWith('/staff/c/')) {
    await goes(page, () => page.keyboard.press('j'))
    assert.equal(new URL(page.url()).pathname, second, 'from one case to the next of the list')
    await goes(page, () => page.keyboard.press('k'))
  }
  assert.deepEqual(complaints.stop(), [])
  await page.context().close()
})

test('on a case keys lead to the update, the note and the decision, and ? lists them', async () => {
  const page = await comesToWork(HELPLINE)
  const path = await opensACase(page)
  await goes(page, () => page.keyboard.press('i'))
  await page.getByLabel('Note, staff only').waitFor()
  assert.equal(await page.locator('[data-key=i]').getAttribute('aria-keyshortcuts'), 'I')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await picture(page, 'keys')
  await page.keyboard.press('d')
  assert.ok(page.url().includes('write=note'), 'no key reaches behind the list')
  await page.keyboard.press('Escape')
  await goes(page, () => page.keyboard.press('u'))
  await page.locator('#message').waitFor()
  if (await page.locator('[data-key=d]').count()) {
    await goes(page, () => page.keyboard.press('d'))
    assert.equal(new URL(page.url()).pathname, `${path}/decide`)
  }
  await page.context().close()
})

test('switched off, single keys do nothing and Ctrl Enter still sends', async () => {
  const page = await comesToWork(HELPLINE)
  await page.goto('/staff/me')
  await page.getByLabel('Off').check()
  await press(page, page.getByRole('button', { name: 'Save', exact: true }))
  const path = await opensACase(page)
  const before = page.url()
  for (const key of ['n', 'i', 'd', '/', '?', 'j']) await page.keyboard.press(key)
  assert.equal(page.url(), before)
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'BODY')
  assert.equal(await page.locator('[aria-keyshortcuts], dialog').count(), 0, 'and none is announced')
  await page.goto(`${path}?write=note`)
  await page.getByLabel('Note, staff only').fill('Sent without a mouse')
  await goes(page, () => page.keyboard.press('Control+Enter'))
  await page.getByText('Note saved. Only staff can see it.').waitFor()
  await page.context().close()
})

test('what is written is kept by itself, found again, and gone when it is sent', async () => {
  const page = await comesToWork(HELPLINE)
  const path = await opensACase(page)
  await page.goto(`${path}?write=note`)
  let asked = 0
  page.on('request', (request) => { if (request.url().includes('/drafts/note') && request.method() === 'POST') asked += 1 })
  await page.getByLabel('Note, staff only').pressSequentially('Rang twice, nobody there. They want a call after four.', { delay: 5 })
  await page.getByText(/^Draft saved today/).waitFor()
  assert.equal(asked, 1, 'one request for all of it')
  await page.goto(path)
  await page.getByText(/^Your draft note of today/).first().waitFor()
  await picture(page, 'draft')
  assert.deepEqual(await axeFindings(page), [])
  await press(page, page.getByRole('link', { name: /^Go on/ }))
  assert.equal(await page.getByLabel('Note, staff only').inputValue(), 'Rang twice, nobody there. They want a call after four.')
  await press(page, page.getByRole('button', { name: 'Save note' }))
  await page.goto(path)
  assert.equal(await page.getByText(/Your draft note/).count(), 0)
  await page.context().close()
})

test('a draft is kept by its button without script', async () => {
  const page = await comesToWork(HELPLINE, { script: 'off' })
  await page.goto('/staff/log')
  await page.locator('#words').fill('The printer on floor 2 eats every second page.')
  await press(page, page.getByRole('button', { name: 'Save draft' }))
  await page.getByText(/^This is your draft complaint to log/).waitFor()
  assert.equal(await page.locator('#words').inputValue(), 'The printer on floor 2 eats every second page.')
  await press(page, page.getByRole('button', { name: /^Discard/ }))
  assert.equal(await page.locator('#words').inputValue(), '')
  await page.context().close()
})

test('news moves no row, a hidden tab asks nothing, and of many tabs one asks', async () => {
  const page = await comesToWork(COORDINATOR)
  await page.clock.install()
  await page.goto('/staff/triage')
  const rows = await page.locator('a.fc-row__title').allTextContents()
  const asked = []
  page.context().on('request', (request) => { if (request.url().includes('/staff/now')) asked.push(request.url()) })
  const logs = await comesToWork(HELPLINE)
  await logs.goto('/staff/log')
  await logs.locator('#words').fill('Something new for triage.')
  await press(logs, logs.getByRole('button', { name: 'Save and get reference' }))
  await page.clock.runFor(45_000)
  await page.getByText('1 new.').waitFor()
  assert.deepEqual(await page.locator('a.fc-row__title').allTextContents(), rows)
  assert.ok(asked.length >= 1 && asked.length <= 2, `${asked.length} questions in 45 seconds`)
  assert.deepEqual([...(await axeFindings(page)), ...(await sidewaysFindings(page))], [])
  await picture(page, 'news')
  // A browser that kept the page says a second time that it is seen: it still waits in the queue of the tabs once.
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  const before = asked.length
  await page.clock.runFor(10 * 60_000)
  assert.equal(asked.length, before, 'a hidden tab asks nothing')
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await page.clock.runFor(4_000)
  assert.equal(asked.length, before + 1, 'and asks soon when it is seen again')
  await press(page, page.getByRole('link', { name: 'Show', exact: true }))
  assert.equal((await page.locator('a.fc-row__title').count()), rows.length + 1)

  const other = await page.context().newPage()
  await other.clock.install()
  await other.goto('/staff/triage')
  asked.length = 0
  await Promise.all([page.clock.runFor(45_000), other.clock.runFor(45_000)])
  assert.ok(asked.length <= 2, `${asked.length} questions of two tabs in 45 seconds`)
  await Promise.all([page.context().close(), logs.context().close()])
})

test('a server that does not answer is asked less and less, and the list says how old it is', async () => {
  const page = await comesToWork(COORDINATOR)
  await page.clock.install()
  let asked = 0
  await page.route('**/staff/now*', (route) => {
    asked += 1
    return route.abort()
  })
  await page.goto('/staff/triage')
  for (let minute = 0; minute < 15; minute++) {
    await page.clock.runFor(60_000)
    await page.evaluate(() => new Promise((resolve) => { const channel = new MessageChannel(); channel.port1.onmessage = resolve; channel.port2.postMessage(0) }))
  }
  assert.ok(asked >= 3 && asked <= 9, `${asked} questions in a quarter of an hour, not thirty`)
  await page.getByText(/^As of \d+:\d\d[ap]m\./).waitFor()
  await page.context().close()
})

test('whoever writes hears that a colleague answered, before they send', async () => {
  const page = await comesToWork(HELPLINE)
  await page.clock.install()
  const path = await opensACase(page)
  await page.goto(`${path}?write=note`)
  await page.getByLabel('Note, staff only').fill('I have just rung them.')
  const colleague = await comesToWork(COORDINATOR)
  await colleague.goto(`${path}?write=note`)
  await colleague.getByLabel('Note, staff only').fill('They rang me, it is solved.')
  await press(colleague, colleague.getByRole('button', { name: 'Save note' }))
  await page.clock.runFor(45_000)
  await page.getByText(/^While you write: .*Read it before you send\./).waitFor()
  await picture(page, 'while-you-write')
  await Promise.all([page.context().close(), colleague.context().close()])
})

test('filters stand in one row on a desk and are folded on a phone', async () => {
  const wide = await comesToWork(COORDINATOR, { width: 1280 })
  await wide.goto('/staff/cases?state=open')
  const tops = await wide.locator('.fc-finder__row > *').evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().bottom)))
  assert.ok(Math.max(...tops) - Math.min(...tops) <= 4, `one row: ${tops}`)
  assert.deepEqual(await sidewaysFindings(wide), [])
  await picture(wide, 'filters')
  const storageState = await wide.context().storageState()
  const window = await open({ width: 390, storageState })
  const phone = await window.newPage()
  await phone.goto('/staff/cases?state=open')
  assert.equal(await phone.getByLabel('Stage', { exact: true }).isVisible(), false)
  await phone.getByText('Narrow the list').click()
  assert.equal(await phone.getByLabel('Stage', { exact: true }).isVisible(), true)
  assert.deepEqual([...(await axeFindings(phone)), ...(await sidewaysFindings(phone))], [])
  await picture(phone, 'filters')
  await Promise.all([wide.context().close(), window.close()])
})

test('on paper there is no way to do anything, and dark pages are black on white', async () => {
  const page = await comesToWork(COORDINATOR)
  const path = await opensACase(page)
  await page.goto('/staff/me')
  await page.getByLabel('Dark').check()
  await press(page, page.getByRole('button', { name: 'Save', exact: true }))
  for (const [name, address] of [['case', path], ['list', '/staff/cases?state=open'], ['triage', '/staff/triage'], ['my-work', '/staff']]) {
    await page.goto(address)
    await page.emulateMedia({ media: 'print' })
    for (const gone of ['.fc-top', '.fc-nav', '.fc-compose', '.fc-finder', '.govuk-button', '.fc-foot', '.fc-summary']) {
      const seen = await page.locator(gone).evaluateAll((all) => all.filter((one) => one.checkVisibility()).length)
      assert.equal(seen, 0, `${gone} on paper of ${name}`)
    }
    const [ink, paper] = await page.evaluate(() => {
      const title = getComputedStyle(document.querySelector('main h1'))
      return [title.color, getComputedStyle(document.body).backgroundColor]
    })
    assert.equal(paper, 'rgb(255, 255, 255)', name)
    const light = Math.max(...ink.match(/\d+/g).slice(0, 3).map(Number))
    assert.ok(light < 80, `${name} is written in ${ink}`)
    await picture(page, `paper-${name}`)
    await page.emulateMedia({ media: null })
  }
  await page.context().close()
})
