// An installation as an institution has one: made with `redress init`, its people from a real directory server, its letters through a real mail
// server that puts them into mailboxes. Everything is thrown away with the test.
//
// REDRESS_BIN names the binary and REDRESS_XTASK the tool that starts the servers.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, startServer, startService } from './process.mjs'

const MADE_OF = join(dirname(fileURLToPath(import.meta.url)), '../confidential')

export const ADDRESS = 'it-feedback@calderbrook.example'
export const ADMINISTRATOR = { name: 'Alex Hale', username: 'ahale', password: 'a throwaway pass phrase' }

// Why no such installation can be had here, or false: it needs somebody who may start the servers.
export function cannotBeHad() {
  if (process.env.REDRESS_BIN && process.env.REDRESS_XTASK) return false
  return 'REDRESS_BIN and REDRESS_XTASK must name the binaries (cargo xtask test sets them where the servers can be had)'
}

// Starts the servers, makes the installation, has the directory read, and serves.
export async function startInstallation() {
  const folder = mkdtempSync(join(tmpdir(), 'redress-confidential-'))
  const stops = [async () => rmSync(folder, { recursive: true, force: true })]
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end()
  }
  try {
    const people = ['ldap', '--people', '0', '--entries', join(MADE_OF, 'people.ldif')]
    const directory = await startService(people, ['REDRESS_TEST_LDAPS', 'REDRESS_TEST_LDAP_ROOTS'], stops)
    const mail = await startService(['mail', '--mailboxes', join(MADE_OF, 'mailboxes')], ['REDRESS_TEST_MAIL', 'REDRESS_TEST_MAILBOXES'], stops)
    const url = `http://127.0.0.1:${await freePort()}`
    const config = make(join(folder, 'office'), url, directory.told, mail.told)
    const run = (...words) => redress([...words, '--config', config])
    const read = run('directory', 'read')
    if (read.status !== 0) throw new Error(`the directory could not be read:\n${read.stdout}${read.stderr}`)
    await startServer(process.env.REDRESS_BIN, ['serve', '--config', config], url, stops)
    return { url, run, stop, stopDirectory: directory.stop, mailboxes: mail.told.REDRESS_TEST_MAILBOXES }
  } catch (error) {
    await stop()
    throw error
  }
}

// Makes an installation that serves at this address, and answers where its configuration is. Its letters go into a folder.
export function makeOffice(office, url) {
  const password = join(dirname(office), 'password')
  writeFileSync(password, ADMINISTRATOR.password, { mode: 0o600 })
  const made = redress([
    'init', office,
    '--organisation', 'Calderbrook University', '--unit', 'IT Services', '--phone', '0300 555 0148', '--email', ADDRESS,
    '--public-url', url, '--admin-username', ADMINISTRATOR.username, '--admin-name', ADMINISTRATOR.name,
    '--admin-email', 'a.hale@calderbrook.example', '--admin-password-file', password,
  ])
  if (made.status !== 0) throw new Error(`redress init:\n${made.stdout}${made.stderr}`)
  const config = join(office, 'redress.toml')
  writeFileSync(config, readFileSync(config, 'utf8').replace(/^listen = .*$/m, `listen = "${new URL(url).host}"`))
  return config
}

function make(office, url, directory, mail) {
  const config = makeOffice(office, url)
  writeFileSync(join(office, 'keys/ldap-password'), 'throwaway-reader', { mode: 0o600 })
  const [host, port] = mail.REDRESS_TEST_MAIL.split(':')
  const text = readFileSync(config, 'utf8')
    .replace(/^mode = .*$/m, `mode = "smtp"\nhost = "${host}"\nport = ${port}\nsecurity = "none"`)
  writeFileSync(config, text + directorySection(directory))
  return config
}

function directorySection(directory) {
  return `
[directory]
nominated = { name = "Martin Fell", email = "registrar@calderbrook.example" }

[directory.ldap]
urls = ["${directory.REDRESS_TEST_LDAPS}"]
roots = "${directory.REDRESS_TEST_LDAP_ROOTS}"
bind_dn = "cn=reader,dc=office,dc=example"
password_file = "keys/ldap-password"
base = "ou=service,dc=office,dc=example"
page = 400

[directory.ldap.attributes]
absent = { attribute = "employeeType", values = ["on leave"] }
`
}

export function redress(words, input = '') {
  return spawnSync(process.env.REDRESS_BIN, words, { encoding: 'utf8', input })
}
