// Links, boxes and lists as people use them, however they are drawn.

// The way to another page, whether it is drawn as a link or as a button.
export function way(page, name) {
  const main = page.getByRole('main')
  return main.getByRole('button', { name }).or(main.getByRole('link', { name })).first()
}

// Radios and boxes are drawn by their labels; the input itself may lie under them.
export async function tick(control) {
  await control.check({ force: true })
}

export async function chooseFirst(page, label) {
  const list = page.getByLabel(label, { exact: true })
  const first = await list.locator('option:not([disabled]):not([value=""])').first().getAttribute('value')
  await list.selectOption(first)
}

export async function choosePerson(page, label, name) {
  const list = page.getByLabel(label, { exact: true })
  const option = list.locator('option:not([disabled])').filter({ hasText: name }).first()
  await list.selectOption(await option.getAttribute('value'))
}
