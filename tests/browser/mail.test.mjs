// E-mail as staff see it. A message that tries everything is opened as it looked, in a real browser with script: nothing runs, nothing is asked of
// anybody but us, and no press inside the frame leads anywhere.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { launch, openWindow } from './harness/browser.mjs'
import { axeFindings, picture, readsWell } from './harness/checks.mjs'
import { tick } from './harness/controls.mjs'
import { ADMINISTRATOR } from './harness/installation.mjs'
import { startMailOffice } from './harness/mail_office.mjs'
import { freePort } from './harness/process.mjs'
import { givesAnAccount, press, signIn } from './harness/people.mjs'

const RUTH = {
  name: 'Ruth Adeyemi',
  username: 'radeyemi',
  password: 'a first pass phrase',
  email: 'r.adeyemi@calderbrook.example',
  job: 'Complaints Coordinator',
  role: 'complaints_coordinator',
}
const PATIENCE_MS = 60_000

let office, browser, trap
const asked = []

before(async () => {
  // Whoever is reached here was asked by something in a message.
  const server = createServer((request, answer) => {
    asked.push(request.url)
    answer.end()
  })
  const port = await freePort()
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  trap = { url: `http://127.0.0.1:${port}`, stop: () => server.close() }
  office = await startMailOffice()
  browser = await launch()
  const admin = await arrives(ADMINISTRATOR)
  await givesAnAccount(admin, RUTH)
  await admin.context().close()
})

after(async () => {
  await browser?.close()
  await office?.stop()
  trap?.stop()
})

test('a message that tries everything shows its words, runs nothing, and asks nothing of anybody but us', async () => {
  office.deliver(written('Everything at once', hostile(trap.url)))
  const ruth = await arrives(RUTH)
  const others = []
  ruth.context().on('request', (request) => {
    if (!request.url().startsWith(`${office.url}/`)) others.push(request.url())
  })
  ruth.on('dialog', (dialog) => {
    others.push(`said ${dialog.message()}`)
    return dialog.dismiss()
  })
  await opensTheCase(ruth, 'Everything at once')
  await press(ruth, ruth.getByRole('link', { name: 'Show as it looked' }))
  const frame = ruth.frameLocator('iframe')
  await frame.getByText('These are the words.').waitFor()
  await frame.getByText('The bank').click()
  await frame.getByText('A page of data').click()
  await frame.locator('body').press('Tab')
  await pause(500)
  assert.deepEqual(others, [])
  assert.deepEqual(asked, [])
  assert.equal(await frame.getByText('These are the words.').count(), 1, 'it stands where it stood')
  assert.equal(await frame.locator('script, style:not([nonce]), form, img, svg, iframe, object, embed, base, meta[http-equiv], link').count(), 0)
  assert.match(await ruth.getByRole('main').innerText(), /xn--bnk-qla\.example/)
  assert.deepEqual(await axeFindings(ruth), [])
  await readsWell(ruth, 'mail-looked')
  // The document by itself, as somebody would open it who found its address.
  const inside = new URL(await ruth.locator('iframe').getAttribute('src'), office.url)
  await ruth.goto(inside.href)
  await ruth.getByText('These are the words.').waitFor()
  await pause(300)
  assert.deepEqual([others, asked], [[], []])
  await ruth.context().close()
})

test('its words are readable in the dark and on a telephone, however wide it was made', async () => {
  const table = `<table width="2000"><tr>${'<td nowrap>a cell of a very wide table</td>'.repeat(12)}</tr></table><p>${'long'.repeat(120)}</p>`
  office.deliver(written('A wide one', `<p>These are the words.</p>${table}`))
  const ruth = await arrives(RUTH, { width: 390 })
  await opensTheCase(ruth, 'A wide one')
  await press(ruth, ruth.getByRole('link', { name: 'Show as it looked' }))
  await ruth.frameLocator('iframe').getByText('These are the words.').waitFor()
  await readsWell(ruth, 'mail-looked-wide')
  await ruth.goto('/staff/me')
  await tick(ruth.getByLabel('Dark', { exact: true }))
  await press(ruth, ruth.getByRole('button', { name: /Save/ }).first())
  await opensTheCase(ruth, 'A wide one')
  await picture(ruth, 'mail-case-dark')
  await press(ruth, ruth.getByRole('link', { name: 'Show as it looked' }))
  await ruth.frameLocator('iframe').locator('html[data-theme=dark]').waitFor({ state: 'attached' })
  await picture(ruth, 'mail-looked-dark')
  await ruth.context().close()
})

test('what waits for somebody is a number beside its list, and gone once it is sorted', async () => {
  const ruth = await arrives(RUTH)
  await opensTheCase(ruth, 'A wide one')
  const reference = new URL(ruth.url()).pathname.split('/').pop()
  const number = ruth.locator('[data-count=mail]')
  assert.equal(await number.isVisible(), false)
  office.deliver(written(`Re: your complaint [${reference}]`, '<p>It dropped again.</p>', 'eve@elsewhere.example'))
  await until(async () => {
    await ruth.goto('/staff/mail')
    return number.isVisible()
  })
  await readsWell(ruth, 'mail-set-aside')
  assert.match(await number.innerText(), /1/)
  await press(ruth, ruth.getByRole('button', { name: `Put it with ${reference}` }))
  assert.equal(await number.isVisible(), false)
  for (const [path, name] of [
    ['/staff/undelivered', 'mail-undelivered'],
    ['/staff/mail?list=reports', 'mail-reports'],
    [`/staff/c/${reference}`, 'mail-case'],
  ]) {
    await ruth.goto(path)
    await readsWell(ruth, name)
  }
  await ruth.context().close()
})

async function arrives(who, options = {}) {
  const window = await openWindow(browser, office.url, options)
  window.setDefaultTimeout(PATIENCE_MS)
  const page = await window.newPage()
  await signIn(page, who)
  return page
}

// The case that a message became, once it is there.
async function opensTheCase(page, subject) {
  await until(async () => {
    await page.goto('/staff/cases?state=open')
    return (await page.locator('main').getByText(subject).count()) > 0
  })
  const row = page.locator('main a[href^="/staff/c/"], main a[href^="/staff/triage/"]').filter({ hasText: subject }).first()
  const href = await row.getAttribute('href')
  await page.goto(`/staff/c/${/FC-\d+/.exec(href)[0]}`)
}

async function until(answers) {
  const deadline = Date.now() + PATIENCE_MS
  while (!(await answers())) {
    assert.ok(Date.now() < deadline, 'it did not come')
    await pause(100)
  }
}

function written(subject, html, from = 'priya@example.org') {
  const id = Buffer.from(subject).toString('hex').slice(0, 24)
  return [
    `From: Priya Nair <${from}>`,
    'To: it-feedback@calderbrook.example',
    `Subject: ${subject}`,
    `Message-ID: <${id}@example.org>`,
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(html).toString('base64').replaceAll(/(.{76})/g, '$1\r\n'),
    '',
  ].join('\r\n')
}

// What mail readers were attacked with, each leading to `url`.
function hostile(url) {
  const data = Buffer.from(`<script>location="${url}/data"</script>`).toString('base64')
  return `<html><head><base href="${url}/base/"><meta http-equiv="refresh" content="0;url=${url}/refresh">
    <link rel="stylesheet" href="${url}/link.css"><link rel="dns-prefetch preconnect prefetch" href="${url}/prefetch">
    <style>@import url(${url}/import.css); body{background:url(${url}/body.png)} @font-face{font-family:x;src:url(${url}/font)}</style>
    <script src="${url}/script.js"></script><script>alert(1);fetch("${url}/fetch")</script></head>
    <body background="${url}/background.png" onload="alert(2)">
    <p>These are the words.</p>
    <div style="position:fixed;inset:0;background:url(${url}/fixed.png)">Over everything</div>
    <img src="${url}/img.png" srcset="${url}/srcset.png 2x" onerror="alert(3)"><img src=x onerror=alert(4)>
    <svg onload="alert(5)"><image href="${url}/svg.png"/><script>alert(6)</script></svg><math><mtext><style><img src onerror=alert(7)></style></mtext></math>
    <video poster="${url}/poster.png" src="${url}/video"></video><audio src="${url}/audio" autoplay></audio><object data="${url}/object"></object><embed src="${url}/embed">
    <iframe src="${url}/iframe" srcdoc="<script>alert(8)</script>"></iframe>
    <form action="${url}/form"><input name="a" autofocus onfocus="alert(9)"><button>Send</button></form>
    <table background="${url}/table.png"><tr><td style="background-image:url('${url}/td.png')">A cell</td></tr></table>
    <a href="https://b\u{e4}nk.example/login" ping="${url}/ping" onclick="alert(10)" target="_top">The bank</a>
    <a href="data:text/html;base64,${data}">A page of data</a> <a href="javascript:alert(11)">Script</a> <a href="${url}/press" target="_parent">Here</a>
    <p>Turned \u{202e}gnp.exe\u{202c} round</p>
    <noscript><p title="</noscript><img src=${url}/mutation.png onerror=alert(12)>"></noscript>
    </body></html>`
}
