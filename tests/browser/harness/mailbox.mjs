// What lies in somebody's mailbox: a Maildir that the mail server wrote.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const PATIENCE_MS = 90_000

// Opens the mailboxes in this folder: `all` is every letter in one, oldest first; `newest` waits for a letter whose subject fits and that was not
// asked for before.
export function mailboxes(folder) {
  const taken = new Set()
  const all = (address) => names(join(folder, address, 'new')).map((name) => ({ name, ...letter(readFileSync(join(folder, address, 'new', name))) }))

  async function newest(address, subject) {
    const deadline = Date.now() + PATIENCE_MS
    while (Date.now() < deadline) {
      const found = all(address).findLast((one) => !taken.has(one.name) && subject.test(one.subject))
      if (found) {
        taken.add(found.name)
        return found
      }
      await pause(50)
    }
    assert.fail(`no letter to ${address} whose subject fits ${subject}; there are: ${all(address).map((one) => one.subject).join('; ')}`)
  }

  return { all, newest }
}

// A Maildir is made with its first letter. Its names begin with the second and the microsecond of arrival.
function names(folder) {
  try {
    return readdirSync(folder).sort(byArrival)
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

function byArrival(one, other) {
  const [a, b] = [one, other].map((name) => [Number(name.split('.')[0]), Number(/M(\d+)/.exec(name)[1])])
  return a[0] - b[0] || a[1] - b[1]
}

// Its subject, what it says as text, and the whole of it as it came, decoded.
function letter(bytes) {
  const [head, body] = halves(bytes.toString('latin1'))
  const parts = partsOf(head, body)
  const text = parts.find((part) => /text\/plain/i.test(part.type))
  assert.ok(text, `a letter without text:\n${bytes}`)
  return { subject: header(head, 'subject'), text: text.words, whole: [head, ...parts.map((part) => part.words)].join('\n') }
}

function partsOf(head, body) {
  const type = header(head, 'content-type')
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1]
  if (boundary) return body.split(`--${boundary}`).slice(1, -1).flatMap((part) => partsOf(...halves(part.replace(/^\r?\n/, ''))))
  return [{ type, words: decoded(body, header(head, 'content-transfer-encoding')) }]
}

function decoded(body, coding) {
  if (/base64/i.test(coding)) return Buffer.from(body, 'base64').toString('utf8')
  if (!/quoted-printable/i.test(coding)) return Buffer.from(body, 'latin1').toString('utf8')
  const bytes = body.replaceAll(/=\r?\n/g, '').replaceAll(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

function halves(text) {
  const at = /\r?\n\r?\n/.exec(text)
  return at ? [text.slice(0, at.index), text.slice(at.index + at[0].length)] : [text, '']
}

function header(head, name) {
  const unfolded = head.replaceAll(/\r?\n[ \t]+/g, ' ')
  return new RegExp(`^${name}: *(.*)$`, 'im').exec(unfolded)?.[1].trim() ?? ''
}
