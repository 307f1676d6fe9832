// Every page, wide and narrow, with our script and without: axe finds nothing, nothing scrolls sideways, the browser does not
// complain, and a picture is kept. The pages are found by their links, so a new page is looked at without being listed here.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { WIDTHS, launch, openWindow } from './harness/browser.mjs'
import { axeFindings, listen, picture, sidewaysFindings } from './harness/checks.mjs'
import { startDemo } from './harness/demo.mjs'
import { ADMINISTRATOR, AUDITOR, COORDINATOR, HELPLINE, INVESTIGATOR, SENIOR, person, signIn, signIns } from './harness/people.mjs'
import { walk } from './harness/walk.mjs'

// What must be among the pages found, whoever changes the links.
const PUBLIC_KINDS = ['/', '/procedure', '/complain', '/thanks', '/track', '/lost-code', '/accessibility', '/privacy', '/cookies']
const STAFF_KINDS = [
  '/staff',
  '/staff/triage',
  '/staff/cases',
  '/staff/log',
  '/staff/sign-off',
  '/staff/jobs',
  '/staff/c/:ref',
  '/staff/c/:ref/details',
  '/staff/c/:ref/jobs',
  '/staff/c/:ref/audit',
]

let demo
let browser

before(async () => {
  demo = await startDemo()
  browser = await launch()
})

after(async () => {
  await browser?.close()
  await demo?.stop()
})

test('public pages', () => sweep('public', PUBLIC_KINDS, PUBLIC_KINDS))

for (const role of [HELPLINE, COORDINATOR, INVESTIGATOR, SENIOR, AUDITOR, ADMINISTRATOR]) {
  test(`staff pages: ${role.source}`, async () => {
    const who = person(signIns(demo.said()), role)
    const window = await openWindow(browser, demo.url)
    const page = await window.newPage()
    await signIn(page, who)
    const storageState = await window.storageState()
    await window.close()
    await sweep(who.username, ['/staff', '/staff/search?q=wifi', '/staff/me'], role === COORDINATOR ? STAFF_KINDS : ['/staff'], storageState)
  })
}

async function sweep(name, starts, expected, storageState) {
  const walker = await openWindow(browser, demo.url, { storageState })
  const pages = await walk(walker, starts)
  await walker.close()
  const broken = pages.filter(({ status }) => status !== 200).map(({ path, status }) => `${path} answered ${status}`)
  const kinds = new Set(pages.map(({ kind }) => kind))
  const missing = expected.filter((kind) => !kinds.has(kind)).map((kind) => `no link leads to ${kind}`)
  const found = [...broken, ...missing]
  const good = pages.filter(({ status }) => status === 200)
  for (const script of ['on', 'blocked']) {
    for (const width of WIDTHS) {
      const window = await openWindow(browser, demo.url, { width, script, storageState })
      for (const one of good) found.push(...(await look(window, one, { name, script, width })))
      await window.close()
    }
  }
  console.log(`${name}: ${good.length} pages of ${kinds.size} kinds, each wide and narrow, with and without script`)
  assert.deepEqual(found, [])
}

async function look(window, { path, kind, example }, { name, script, width }) {
  const page = await window.newPage()
  const complaints = listen(page)
  await page.goto(path)
  const found = [...(await axeFindings(page)), ...(await sidewaysFindings(page)), ...complaints]
  if (script === 'on') {
    const words = kind.replaceAll(':', '').split('/').filter(Boolean).join('-') || 'home'
    await picture(page, `${name}-${words}${example > 1 ? `-${example}` : ''}`)
  }
  await page.close()
  return found.map((sentence) => `${path} at ${width}, script ${script}: ${sentence}`)
}
