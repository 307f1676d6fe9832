// Walks through the site by its own links, and keeps a few examples of every kind of page.

// Cases, jobs, letters and people differ in what they say, not in how they are built: this many of each kind are looked at.
const EXAMPLES = 2
const MOST_PAGES = 150

// Pages whose last part names one of many that are built alike, and has no digit in it.
const ALIKE = ['/staff/settings/wording']

// The kind of page behind an address: /staff/c/FC-10482/decide is /staff/c/:ref/decide.
export function kindOf(path) {
  const list = ALIKE.find((one) => path.startsWith(`${one}/`))
  if (list) return `${list}/:id`
  const parts = path.split('/').map((part) => {
    if (/^FC-\d+/.test(part)) return ':ref'
    if (/^F\d{4,}/.test(part)) return ':job'
    return /\d/.test(part) && part !== 'stage-2' ? ':id' : part
  })
  return parts.join('/') || '/'
}

// From `starts`, every page that links lead to, as { path, kind }; downloads, plain text and other sites are left alone.
export async function walk(window, starts) {
  const page = await window.newPage()
  const seen = new Set(starts)
  const waiting = [...starts]
  const found = []
  const examples = new Map()
  while (waiting.length > 0 && found.length < MOST_PAGES) {
    const path = waiting.shift()
    const kind = kindOf(path.split('?')[0])
    const had = examples.get(kind) ?? 0
    if (had >= EXAMPLES) continue
    const answer = await page.goto(path)
    if (answer === null || answer.status() !== 200) {
      found.push({ path, kind, status: answer?.status() ?? 0 })
      continue
    }
    if (!isPage(answer)) continue
    examples.set(kind, had + 1)
    found.push({ path, kind, status: 200, example: had + 1 })
    for (const next of await linksOf(page)) {
      if (!seen.has(next)) {
        seen.add(next)
        waiting.push(next)
      }
    }
  }
  await page.close()
  return found
}

// Some links lead to plain text that a program reads: a checkpoint, a procedure as its file.
const isPage = (answer) => (answer.headers()['content-type'] ?? '').startsWith('text/html')

async function linksOf(page) {
  const links = await page.$$eval('a[href]:not([download])', (all) => all.map((one) => one.href))
  const here = new URL(page.url()).origin
  return links
    .map((link) => new URL(link))
    .filter((link) => link.origin === here && !link.pathname.startsWith('/assets/') && !/\.\w+$/.test(link.pathname))
    .filter((link) => !link.pathname.endsWith('/receipt'))
    .filter((link) => !link.pathname.includes('/files/'))
    .map((link) => link.pathname + link.search)
}
