// Who can sign in to the demonstration, as it printed them, and how they do.
import assert from 'node:assert/strict'
import { tick } from './controls.mjs'

// What people do, as the demonstration says it.
export const HELPLINE = /frontline handler/i
export const COORDINATOR = /triage/i
export const INVESTIGATOR = /^investigator/i
export const SENIOR = /signs letters off/i
export const REVIEWER = /^reviewer/i
export const SENIOR_READER = /senior reader/i
export const AUDITOR = /auditor/i
export const DATA_PROTECTION = /data protection/i
export const ADMINISTRATOR = /administrator/i

// Everybody who can sign in: username, password, name, and what they do in words.
export function signIns(said) {
  const [, password, list] = /the same for all: ([^)]+)\)\n([^]*)/.exec(said) ?? []
  assert.ok(password, `the demonstration named nobody to sign in as:\n${said}`)
  const lines = list.matchAll(/^ {2}(\S+) +([^,\n]+), ([^\n]+)$/gm)
  return [...lines].map(([, username, name, role]) => ({ username, password, name, role }))
}

// The first person whose work fits.
export function person(people, role) {
  const found = people.find((one) => role.test(one.role))
  assert.ok(found, `nobody whose work is ${role}; there are ${people.map((one) => one.role).join('; ')}`)
  return found
}

// Presses a button or a link and waits for the page that follows.
export async function press(page, control) {
  await Promise.all([page.waitForEvent('framenavigated'), control.click()])
  await page.waitForLoadState('load')
}

export async function signIn(page, { username, password }) {
  await page.goto('/staff/sign-in')
  await page.getByLabel('Username or email address').fill(username)
  await page.getByLabel('Password').fill(password)
  await press(page, page.getByRole('button', { name: 'Sign in', exact: true }))
  assert.notEqual(new URL(page.url()).pathname, '/staff/sign-in', `${username} could not sign in`)
}

// Somebody gets an account from the administrator, on the page for it.
export async function givesAnAccount(admin, { name, username, password, email, job, role }) {
  await admin.goto('/staff/settings/people')
  await admin.getByLabel('Name', { exact: true }).fill(name)
  await admin.getByLabel('Username', { exact: true }).fill(username)
  await admin.getByLabel('Email address', { exact: true }).fill(email)
  await admin.getByLabel('Job title, as letters show it').fill(job)
  await tick(admin.locator(`input[name=roles][value=${role}]`))
  await admin.getByLabel('First password').fill(password)
  await press(admin, admin.getByRole('button', { name: 'Add them' }))
  await admin.getByText('They are added and can sign in now.').waitFor()
}
