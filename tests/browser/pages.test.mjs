// Every page: axe finds nothing, nothing scrolls sideways, the browser does not complain, and a picture is kept. Each kind of page
// is looked at wide and narrow, with our script and without; further examples of it, as other people see them, in one of the four
// ways in turn. The pages are found by their links, so a new page is looked at without being listed here.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { WIDTHS, launch, openWindow } from './harness/browser.mjs'
import { axeFindings, listen, picture, sidewaysFindings } from './harness/checks.mjs'
import { startDemo } from './harness/demo.mjs'
import {
  ADMINISTRATOR,
  AUDITOR,
  COORDINATOR,
  HELPLINE,
  INVESTIGATOR,
  REVIEWER,
  SENIOR,
  SENIOR_READER,
  person,
  signIn,
  signIns,
} from './harness/people.mjs'
import { walk } from './harness/walk.mjs'

// What must be among the pages found, whoever changes the links.
const PUBLIC_KINDS = ['/', '/procedure', '/complain', '/thanks', '/track', '/lost-code', '/you-said-we-did', '/accessibility', '/privacy', '/cookies', '/checkpoints']
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
  '/staff/c/:ref/contact',
  '/staff/cases/pass-on',
  '/staff/settings/vips',
  '/staff/who',
]

const REVIEW_KINDS = [
  '/staff/review',
  '/staff/review/:id',
  '/staff/review/:id/recommend',
  '/staff/review/:id/finish',
  '/staff/actions',
  '/staff/actions/:ref',
  '/staff/actions/:id',
]

const OFFICE_KINDS = [
  '/staff',
  '/staff/settings/people',
  '/staff/settings/people/:id',
  '/staff/settings/people/:id/password',
  '/staff/settings/people/:id/leave',
  '/staff/settings/calendars',
  '/staff/settings/calendars/change',
  '/staff/settings/directory',
  '/staff/settings/log',
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

// What a role must find, beyond its first page.
const EXPECTED = new Map([
  [COORDINATOR, STAFF_KINDS],
  [REVIEWER, REVIEW_KINDS],
  [SENIOR_READER, ['/staff/review', '/staff/review/:id', '/staff/actions']],
  [ADMINISTRATOR, OFFICE_KINDS],
])

// How many pages of a kind are looked at in every way; the others in one way each.
const THOROUGH = 1
const WAYS = ['on', 'blocked'].flatMap((script) => WIDTHS.map((width) => ({ script, width })))
const looked = new Map()

test('public pages', () => sweep('public', PUBLIC_KINDS, PUBLIC_KINDS))

for (const role of [HELPLINE, COORDINATOR, INVESTIGATOR, REVIEWER, SENIOR, SENIOR_READER, AUDITOR, ADMINISTRATOR]) {
  test(`staff pages: ${role.source}`, async () => {
    const who = person(signIns(demo.said()), role)
    const window = await openWindow(browser, demo.url)
    const page = await window.newPage()
    await signIn(page, who)
    const searches = (await page.getByRole('search').count()) > 0
    const storageState = await window.storageState()
    await window.close()
    const starts = ['/staff', '/staff/me', ...(searches ? ['/staff/search?q=wifi'] : [])]
    await sweep(who.username, starts, EXPECTED.get(role) ?? ['/staff'], storageState)
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
  const good = pages.filter(({ status }) => status === 200).map((one) => ({ ...one, ways: waysFor(one.kind) }))
  for (const way of WAYS) {
    const window = await openWindow(browser, demo.url, { ...way, storageState })
    const page = await window.newPage()
    for (const one of good.filter(({ ways }) => ways.includes(way))) found.push(...(await look(page, one, { name, ...way })))
    await window.close()
  }
  const looks = good.reduce((sum, { ways }) => sum + ways.length, 0)
  console.log(`${name}: ${good.length} pages of ${kinds.size} kinds, looked at ${looks} times`)
  assert.deepEqual(found, [])
}

// The first of a kind in every way; those after them in one way each, so that all four have their turn.
function waysFor(kind) {
  const before = looked.get(kind) ?? 0
  looked.set(kind, before + 1)
  return before < THOROUGH ? WAYS : [WAYS[before % WAYS.length]]
}

async function look(page, { path, kind, example }, { name, script, width }) {
  const complaints = listen(page)
  await page.goto(path)
  const found = [...(await axeFindings(page)), ...(await sidewaysFindings(page)), ...complaints.stop()]
  if (script === 'on') {
    const words = kind.replaceAll(':', '').split('/').filter(Boolean).join('-') || 'home'
    await picture(page, `${name}-${words}${example > 1 ? `-${example}` : ''}`)
  }
  return found.map((sentence) => `${path} at ${width}, script ${script}: ${sentence}`)
}
