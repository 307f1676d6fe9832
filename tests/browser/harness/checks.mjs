// What must hold on every page: axe finds nothing, nothing scrolls sideways, the browser has no complaint.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const NARROWEST = 320

export const screenshots =
  process.env.REDRESS_SCREENSHOTS ?? join(dirname(fileURLToPath(import.meta.url)), '../../../target/screenshots')
mkdirSync(screenshots, { recursive: true })

// Listens to a page from now on; `stop` ends that and answers what the browser complained of.
export function listen(page) {
  const complaints = []
  const ears = {
    pageerror: (error) => complaints.push(`script failed: ${error.message}`),
    console: (message) => {
      const words = message.text()
      // Our own blocking of scripts is not the page's fault.
      if (message.type() === 'error' && /Content Security Policy|Content-Security-Policy|Refused to/.test(words)) complaints.push(words)
    },
    response: (answer) => {
      if (answer.status() >= 500) complaints.push(`${answer.url()} answered ${answer.status()}`)
      if (answer.status() === 404 && answer.url().includes('/assets/')) complaints.push(`${answer.url()} is missing`)
    },
  }
  for (const [event, ear] of Object.entries(ears)) page.on(event, ear)
  const stop = () => {
    for (const [event, ear] of Object.entries(ears)) page.off(event, ear)
    return complaints
  }
  return { stop }
}

// Every broken rule on the page as it stands, as sentences. The window must run script: without, axe would never end.
export async function axeFindings(page) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(
    (values) => window.axe.run(document, { runOnly: { type: 'tag', values } }),
    RULES,
  )
  return violations.map(({ id, impact, nodes }) => {
    const places = nodes.slice(0, 3).map((node) => {
      const first = [...node.any, ...node.all, ...node.none][0]
      return `${node.target.join(' ')}: ${first ? first.message : ''}`
    })
    return `axe ${id} (${impact}), ${nodes.length} times: ${places.join(' | ')}`
  })
}

// How far the page reaches beyond the window, in CSS pixels, here and at the narrowest width that we promise.
export async function sidewaysFindings(page) {
  const found = []
  const size = page.viewportSize()
  for (const width of size.width < 600 ? [size.width, NARROWEST] : [size.width]) {
    await page.setViewportSize({ width, height: size.height })
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (beyond > 0) found.push(`scrolls ${beyond}px sideways at ${width}`)
  }
  await page.setViewportSize(size)
  return found
}

export async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready).catch(() => null)
  await page.screenshot({ path: join(screenshots, `${name}-${page.viewportSize().width}.png`), fullPage: true })
}

// Everything on the page reads well for everybody, at the width of a telephone too.
export async function readsWell(page, name) {
  await picture(page, name)
  assert.deepEqual(await axeFindings(page), [], `${name}, at ${page.url()}`)
  const usual = page.viewportSize()
  await page.setViewportSize({ width: 390, height: 844 })
  assert.deepEqual(await sidewaysFindings(page), [], `${name}, at ${page.url()}`)
  if (usual.width !== 390) await picture(page, `${name}-390`)
  await page.setViewportSize(usual)
}
