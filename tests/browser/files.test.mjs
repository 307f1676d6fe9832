// Files from end to end in a real browser: one refused, one kept, sent, found by staff, answered with a file, and opened by both sides.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { axeFindings, listen, picture, sidewaysFindings } from './harness/checks.mjs'
import { demonstration } from './harness/demonstration.mjs'
import { COORDINATOR, press } from './harness/people.mjs'

const LOG = { name: 'wifi-log.txt', mimeType: 'text/plain', buffer: Buffer.from('14:02 connection lost\n') }
const MACRO = { name: 'report.docm', mimeType: 'application/octet-stream', buffer: Buffer.from('PK\u0003\u0004') }
const LARGE = { name: 'video.mov', mimeType: 'video/quicktime', buffer: Buffer.alloc(30 * 1024 * 1024, 7) }
const LETTER = { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n% for your department\n') }

const { open, comesToWork } = demonstration()

for (const [width, script] of [[1280, 'on'], [390, 'blocked']]) {
  test(`files are refused one by one, kept, sent, answered and opened (${width} wide, script ${script})`, async () => {
    const window = await open({ width, script })
    const page = await window.newPage()
    const complaints = listen(page)
    await page.goto('/complain')
    await page.getByLabel('What went wrong?').fill('The Wi-Fi dropped during my test.')
    await page.getByText('Add files, a job number or contact needs').click()
    await page.getByLabel('Files', { exact: true }).setInputFiles([LOG, MACRO, LARGE])
    await press(page, page.getByRole('button', { name: 'Send complaint' }))
    await page.getByRole('link', { name: '"video.mov" is 30 MB. Choose a file smaller than 25 MB, or send a link' }).waitFor()
    await page.getByRole('link', { name: 'because it contains a macro. Save it as a PDF and try again' }).waitFor()
    await page.getByLabel('Leave out wifi-log.txt').waitFor()
    await clean(page, `files-refused-script-${script}`)
    await press(page, page.getByRole('button', { name: 'Send complaint' }))
    await page.getByRole('heading', { name: 'We have your complaint' }).waitFor()
    const reference = (await page.locator('.fc-ref').first().innerText()).trim()
    await press(page, page.getByRole('link', { name: 'Add something or track your complaint' }))
    assert.equal(await saved(page, 'wifi-log.txt'), LOG.buffer.toString())
    await clean(page, `files-track-script-${script}`)

    await answersWithALetter(reference, { width, script })
    await page.reload()
    assert.equal(await saved(page, 'letter.pdf'), LETTER.buffer.toString())
    assert.deepEqual(complaints.stop(), [])
    await window.close()
  })
}

// A coordinator finds the case by the name of the file, reads it, and sends a letter with a message.
async function answersWithALetter(reference, { width, script }) {
  const page = await comesToWork(COORDINATOR, { width, script })
  await page.goto('/staff/search?q=wifi-log.txt')
  await page.getByText(reference).first().waitFor()
  await page.goto(`/staff/c/${reference}`)
  assert.equal(await saved(page, 'wifi-log.txt'), LOG.buffer.toString())
  await page.getByLabel(/^Message to/).fill('The letter for your department is ready.')
  await page.getByText(/^Add files that .* can open$/).click()
  await page.getByLabel('Files', { exact: true }).setInputFiles([LETTER])
  await clean(page, `files-composer-script-${script}`)
  await press(page, page.getByRole('button', { name: /^Send to/ }))
  await page.getByRole('link', { name: 'letter.pdf' }).waitFor()
  await clean(page, `files-case-script-${script}`)
  await page.goto(`/staff/c/${reference}/details`)
  await page.getByRole('link', { name: 'letter.pdf' }).waitFor()
  await clean(page, `files-details-script-${script}`)
  await page.context().close()
}

// What the browser saves when a file is opened.
async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).first().click()])
  assert.equal(download.suggestedFilename(), name)
  return readFileSync(await download.path(), 'utf8')
}

async function clean(page, name) {
  // A link that has the focus is marked by govuk-frontend in its own way, which axe takes for a link among words.
  await page.evaluate(() => document.activeElement?.blur())
  await picture(page, name)
  assert.deepEqual([...(await axeFindings(page)), ...(await sidewaysFindings(page))], [], name)
}
