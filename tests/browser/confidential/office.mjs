// The office of the confidential journeys: one installation with a real directory and a real mail server, and who works there. Everybody gets
// their account from the administrator, on the page for it.
import { after, before } from 'node:test'
import { launch, openWindow } from '../harness/browser.mjs'
import { picture } from '../harness/checks.mjs'
import { ADMINISTRATOR, startInstallation } from '../harness/installation.mjs'
import { mailboxes } from '../harness/mailbox.mjs'
import { givesAnAccount, signIn } from '../harness/people.mjs'

// Nothing here waits for less: the machine that runs this runs other things beside it.
export const PATIENCE_MS = 60_000

const PASSWORD = 'a first pass phrase'
const works = (name, username, email, job, role) => ({ name, username, password: PASSWORD, email: `${email}@calderbrook.example`, job, role })

export const ALEX = ADMINISTRATOR
export const RUTH = works('Ruth Adeyemi', 'radeyemi', 'r.adeyemi', 'Complaints Coordinator', 'complaints_coordinator')
export const HELEN = works('Helen Marsh', 'hmarsh', 'h.marsh', 'Director of IT Services', 'reviewer')
export const LEILA = works('Leila Brandt', 'lbrandt', 'l.brandt', 'Data Protection Officer', 'data_protection_officer')
export const AMARA = works('Amara Osei', 'aosei', 'a.osei', 'IT Helpline', 'frontline_handler')
export const DANIEL = works('Daniel Green', 'dgreen', 'd.green', 'IT Helpline', 'frontline_handler')
export const OMAR = works('Omar Haddad', 'ohaddad', 'o.haddad', 'IT Workshop', 'frontline_handler')
export const LENA = works('Lena Fox', 'lfox', 'l.fox', 'IT Stores', 'frontline_handler')

// Starts it all before the first test of the file, and ends it after the last.
export function confidentialOffice() {
  const office = {}
  const signedIn = new Map()
  let browser

  before(async () => {
    Object.assign(office, await startInstallation())
    office.mail = mailboxes(office.mailboxes)
    browser = await launch()
    const admin = await office.comesToWork(ALEX)
    for (const one of [RUTH, HELEN, LEILA, AMARA, DANIEL, OMAR, LENA]) await givesAnAccount(admin, one)
  })

  after(async () => {
    await browser?.close()
    await office.stop?.()
  })

  // A browser of its own: its cookies are nobody else's. Our script does not arrive in it, unless a test says so.
  office.walksIn = async (options = {}) => {
    const window = await openWindow(browser, office.url, { script: 'blocked', ...options })
    window.setDefaultTimeout(PATIENCE_MS)
    return window.newPage()
  }

  // Somebody of staff at their desk, who signs in once.
  office.comesToWork = async (who) => {
    if (!signedIn.has(who)) {
      const page = await office.walksIn()
      await signIn(page, who)
      signedIn.set(who, page)
    }
    return signedIn.get(who)
  }

  // What everybody had before them when a journey failed: pictures, and the words of each page.
  office.journey = (walk) => async (t) => {
    try {
      await walk(t)
    } catch (error) {
      for (const [at, page] of browser.contexts().flatMap((window) => window.pages()).entries()) {
        await picture(page, `failed-confidential-${at + 1}`)
        t.diagnostic(`${page.url()}\n${await page.locator('body').innerText()}`)
      }
      throw error
    }
  }

  return office
}
