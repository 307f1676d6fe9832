// One demonstration and one browser for all the tests of a file, and the ways into it.
import { after, before } from 'node:test'
import { launch, openWindow } from './browser.mjs'
import { picture } from './checks.mjs'
import { startDemo } from './demo.mjs'
import { person, signIn, signIns } from './people.mjs'

// Starts both before the first test of the file that asks, and ends them after its last. `usual` is how its windows are opened where a test
// says nothing else.
export function demonstration(usual = {}) {
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

  const open = (options = {}) => openWindow(browser, demo.url, { ...usual, ...options })
  const whose = (role) => person(people, role)

  async function walkIn(options) {
    const window = await open(options)
    return window.newPage()
  }

  async function comesToWork(role, options) {
    const page = await walkIn(options)
    await signIn(page, whose(role))
    return page
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

  return { open, whose, walkIn, comesToWork, lookingBackOnFailure }
}
