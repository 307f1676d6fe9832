// An office to which people write by e-mail: made with `redress init`, its only way in the pipe command of a mail server, its letters in a folder.
// Everything is thrown away with the test. REDRESS_BIN names the binary.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startServer } from './process.mjs'

export const ADMINISTRATOR = { name: 'Alex Hale', username: 'ahale', password: 'a throwaway pass phrase' }
const ADDRESS = 'it-feedback@calderbrook.example'

export async function startMailOffice() {
  const folder = mkdtempSync(join(tmpdir(), 'redress-mail-'))
  const stops = [async () => rmSync(folder, { recursive: true, force: true })]
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end()
  }
  try {
    const url = `http://127.0.0.1:${await freePort()}`
    const config = await make(folder, url)
    await startServer(process.env.REDRESS_BIN, ['serve', '--config', config], url, stops)
    return { url, stop, deliver: (message) => deliver(config, message) }
  } catch (error) {
    await stop()
    throw error
  }
}

async function make(folder, url) {
  const [office, password] = [join(folder, 'office'), join(folder, 'password')]
  writeFileSync(password, ADMINISTRATOR.password, { mode: 0o600 })
  redress([
    'init', office,
    '--organisation', 'Calderbrook University', '--unit', 'IT Services', '--phone', '0300 555 0148', '--email', ADDRESS,
    '--public-url', url, '--admin-username', ADMINISTRATOR.username, '--admin-name', ADMINISTRATOR.name,
    '--admin-email', 'a.hale@calderbrook.example', '--admin-password-file', password,
  ])
  const config = join(office, 'redress.toml')
  const text = readFileSync(config, 'utf8').replace(/^listen = .*$/m, `listen = "${new URL(url).host}"`)
  writeFileSync(config, `${text}\n[mail]\naddresses = ["${ADDRESS}"]\nlisten = "127.0.0.1:${await freePort()}"\n`)
  return config
}

// A message as a mail server hands it over.
function deliver(config, message) {
  redress(['mail', 'deliver', '--config', config, '--sender', 'priya@example.org', '--recipient', ADDRESS], message)
}

function redress(words, input = '') {
  const done = spawnSync(process.env.REDRESS_BIN, words, { encoding: 'utf8', input })
  if (done.status !== 0) throw new Error(`redress ${words.slice(0, 2).join(' ')} ended with ${done.status}:\n${done.stdout}${done.stderr}`)
}
