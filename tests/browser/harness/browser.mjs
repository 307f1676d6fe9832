// One browser, and windows of it as people have them: wide or narrow, with script or without.
import { chromium } from 'playwright-core'

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--lang=en-GB',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const WIDTHS = [1280, 390]

export function launch() {
  return chromium.launch({ executablePath: process.env.REDRESS_CHROMIUM ?? '/usr/bin/chromium', args: SWITCHES })
}

// A window with its own cookies. `script` is 'on', 'off' (the browser runs none), or 'blocked': the browser runs script, so that
// axe can look, but ours does not arrive.
export async function openWindow(browser, url, { width = 1280, script = 'on', storageState } = {}) {
  const narrow = width < 600
  const window = await browser.newContext({
    baseURL: url,
    viewport: { width, height: narrow ? 844 : 860 },
    isMobile: narrow,
    hasTouch: narrow,
    javaScriptEnabled: script !== 'off',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    storageState,
  })
  window.setDefaultTimeout(15_000)
  if (script === 'blocked') await window.route('**/assets/**/*.js', (route) => route.abort())
  return window
}
