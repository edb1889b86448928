import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { config, defineDatasource } from '@ingot/plugin-sdk'

export const settings = config({
  folder: config.string().required().doc('Where to look.'),
})

export const output = config({
  path: config.string().doc('The newest file.'),
  size: config.number().doc('Its size in bytes.'),
})

/** Finds the newest file of a folder: put your own question in its place. */
export const newest = defineDatasource({
  doc: 'Finds the newest file of a folder.',
  config: settings,
  output,
  async execute({ config }) {
    const folder = resolve(config.folder)
    const entries = await readdir(folder, { withFileTypes: true })
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name))
    const files = await Promise.all(paths.map(async (path) => ({ path, stats: await stat(path) })))
    const [first] = files.sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs)
    if (first === undefined) throw new Error(`There is no file in ${folder}: name a folder that has one`)
    return { path: first.path, size: first.stats.size }
  },
})
