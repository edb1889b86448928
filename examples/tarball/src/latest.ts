import { config, defineDatasource } from '@ingot/plugin-sdk'
import { ImageStore } from './image-store.ts'

/** Finds the image that was packed last. */
export const latest = defineDatasource({
  doc: 'The image that was added last to a store.',
  config: config({
    store: config.string().default('images').doc('Directory that keeps the images.'),
  }),
  output: config({
    id: config.string().doc('The image id, for `source`.'),
    path: config.string().doc('Its file.'),
    size: config.number().doc('Of the file, in bytes.'),
    added: config.string().doc('When it was added, as in `2026-01-02T03:04:05.000Z`.'),
  }),
  async execute({ config: { store } }) {
    const found = await new ImageStore(store).latest()
    if (!found) throw new Error(`There is no image in ${store}: build one first`)
    return { ...found, added: found.added.toISOString() }
  },
})
