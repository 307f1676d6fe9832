// Compiles style and script, and writes every file the pages load: its bytes under a name with a hash, and the same
// bytes compressed. Run by build.rs from its own folder, with three folders: these sources, the packages, the results.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const [sources, packages, results] = process.argv.slice(2)
const BUNDLES = ['public', 'staff']
const FONT = '@fontsource-variable/atkinson-hyperlegible-next'
const SHIPPED = ['govuk-frontend', '@ministryofjustice/frontend', FONT]
const TYPES = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  woff2: 'font/woff2'
}

const table = []
const hashedNames = new Map()

function keep (name, bytes) {
  const extension = name.slice(name.lastIndexOf('.') + 1)
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  const hashed = `${name.slice(0, -extension.length - 1)}-${hash}.${extension}`
  const squeezed = {
    gz: gzipSync(bytes, { level: 9 }),
    br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })
  }
  writeFileSync(join(results, hashed), bytes)
  // A font is compressed already: a second squeeze that saves nothing costs the browser time.
  const worth = ['gz', 'br'].filter(kind => squeezed[kind].length < bytes.length * 0.95)
  for (const kind of worth) writeFileSync(join(results, `${hashed}.${kind}`), squeezed[kind])
  hashedNames.set(name, hashed)
  table.push([name, hashed, TYPES[extension], hash, worth.join(' ')].join('\t'))
}

async function style (bundle) {
  const { css } = sass.compile(join(sources, 'scss', `${bundle}.scss`), { loadPaths: [packages], quietDeps: true })
  // The packages' timeline has document links with a picture of theirs: we draw our own icons.
  const ours = css.replace(/[^{}]*\{[^{}]*url\("?\/assets\/images\/[^{}]*\}/g, '')
  const named = ours.replace(/url\("asset:([^"]+)"\)/g, (_, name) => {
    if (!hashedNames.has(name)) throw new Error(`${bundle}.scss names ${name}, which is no asset`)
    return `url("${hashedNames.get(name)}")`
  })
  // The pages allow nothing but their own files (content security policy), so a stray address would be a broken page.
  const stray = named.match(/url\((?!"[a-z-]+-[0-9a-f]{16}\.)[^)]*\)|@import[^;]*/)
  if (stray) throw new Error(`${bundle}.scss would load ${stray[0]}`)
  const { code } = await esbuild.transform(named, { loader: 'css', minify: true, legalComments: 'none' })
  return Buffer.from(code)
}

async function script (bundle) {
  const built = await esbuild.build({
    entryPoints: [join(sources, 'script', `${bundle}.js`)],
    nodePaths: [join(packages, 'node_modules')],
    bundle: true,
    format: 'esm',
    target: 'es2020',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
    write: false
  })
  return Buffer.from(built.outputFiles[0].contents)
}

function licences () {
  const mit = readFileSync(join(sources, 'licence-mit.txt'), 'utf8')
  const texts = SHIPPED.map(name => {
    const folder = join(packages, 'node_modules', name)
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const text = license === 'MIT' ? mit : readFileSync(join(folder, 'LICENSE'), 'utf8')
    return `${name} ${version} (${license})\n\n${text}`
  })
  return Buffer.from(texts.join(`\n${'-'.repeat(72)}\n\n`))
}

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
for (const letters of ['latin', 'latin-ext']) {
  const file = `atkinson-hyperlegible-next-${letters}-wght-normal.woff2`
  keep(`atkinson-${letters}.woff2`, readFileSync(join(packages, 'node_modules', FONT, 'files', file)))
}
keep('icon.svg', readFileSync(join(sources, 'icon.svg')))
keep('licences.txt', licences())
for (const bundle of BUNDLES) {
  keep(`${bundle}.css`, await style(bundle))
  keep(`${bundle}.js`, await script(bundle))
}
writeFileSync(join(results, 'table.tsv'), table.join('\n') + '\n')
