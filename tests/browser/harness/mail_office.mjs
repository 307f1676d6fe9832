// An office to which people write by e-mail: its only way in is the pipe command of a mail server, its letters go into a folder. Everything is thrown
// away with the test. REDRESS_BIN names the binary.
import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ADDRESS, makeOffice, redress } from './installation.mjs'
import { freePort, startServer } from './process.mjs'

export async function startMailOffice() {
  const folder = mkdtempSync(join(tmpdir(), 'redress-mail-'))
  const stops = [async () => rmSync(folder, { recursive: true, force: true })]
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end()
  }
  try {
    const url = `http://127.0.0.1:${await freePort()}`
    const config = makeOffice(join(folder, 'office'), url)
    appendFileSync(config, `\n[mail]\naddresses = ["${ADDRESS}"]\nlisten = "127.0.0.1:${await freePort()}"\n`)
    await startServer(process.env.REDRESS_BIN, ['serve', '--config', config], url, stops)
    return { url, stop, deliver: (message) => deliver(config, message) }
  } catch (error) {
    await stop()
    throw error
  }
}

// A message as a mail server hands it over.
function deliver(config, message) {
  const done = redress(['mail', 'deliver', '--config', config, '--sender', 'priya@example.org', '--recipient', ADDRESS], message)
  assert.equal(done.status, 0, `redress mail deliver:\n${done.stdout}${done.stderr}`)
}
