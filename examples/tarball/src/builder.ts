import { createHmac } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { config, defineBuilder, localShell } from '@ingot/plugin-sdk'
import { ImageStore, isImageId } from './image-store.ts'
import { unpack } from './tar.ts'

const settings = config({
  source: config.string().required().doc('Directory to pack, or the id of an image in the store.'),
  base: config
    .string()
    .doc('What the source is laid over: the id of a parent image (`sha256:…`), or a directory.'),
  store: config.string().default('images').doc('Directory that keeps the images.'),
  regions: config.list(config.string()).default(['local']).min(1).doc('Where the image is offered.'),
  labels: config.map().default({}).doc('Labels of the image.'),
  compression: config.block({
    level: config
      .number()
      .integer()
      .between(1, 9)
      .default(6)
      .doc('A low level is fast, a high one packs smaller.'),
  }),
  timeout: config.duration().default('5m').min('1s').doc('How long packing may take.'),
  token: config.string().sensitive().doc('Signs the image: the label `signature` is its HMAC.'),
})

/** Packs a directory into an image, on top of a parent or by itself. */
export const tarball = defineBuilder({
  doc: 'Packs a directory into an image: a tar file whose id is the digest of its content.',
  config: settings,
  generates: ['ImageRoot'],
  async run({ config, ui, provision, signal, cleanup }) {
    const store = new ImageStore(config.store)
    const root = await mkdtemp(join(tmpdir(), 'tarball-'))
    cleanup(() => rm(root, { recursive: true, force: true }))

    const layers = [config.base, config.source].filter((layer) => layer !== undefined)
    for (const layer of layers) {
      void ui.say(`Adding ${layer}`)
      await add(layer, root, store)
    }
    await provision({ communicator: localShell({ directory: root, signal }), data: { ImageRoot: root } })

    const limit = AbortSignal.any([signal, AbortSignal.timeout(config.timeout)])
    const image = await store.add(root, { level: config.compression.level, signal: limit })
    void ui.say(`Packed ${image.entries} files and folders as ${image.id}`)
    return {
      id: image.id,
      description: `${image.id} in ${image.path}`,
      files: [image.path],
      images: config.regions.map((region) => ({
        imageId: image.id,
        providerName: 'tarball',
        providerRegion: region,
        // The very id that the parent published: this is what links the two.
        sourceImageId: layers[0]!,
        labels: { ...config.labels, ...signed(image.id, config.token) },
      })),
      data: { ImageRoot: root },
      destroy: () => rm(image.path, { force: true }),
    }
  },
})

async function add(layer: string, root: string, store: ImageStore): Promise<void> {
  if (isImageId(layer)) return unpack(await store.read(layer), root)
  try {
    await cp(layer, root, { recursive: true, verbatimSymlinks: true })
  } catch (error) {
    throw new Error(`Cannot read the directory "${layer}"`, { cause: error })
  }
}

function signed(id: string, token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { signature: createHmac('sha256', token).update(id).digest('hex') }
}
