import { type ConfigOf, config } from '@ingot/plugin-sdk'

const provider = config
  .string()
  .verbatim()
  .doc(
    'Where the image lives: `aws`, `azure`, `gce`, `qemu`, … A registry calls it the platform. Unless told, the builder’s id.',
  )
const region = config.string().verbatim().doc('Region, zone, datacenter or path of the image.')
const sourceImage = config
  .string()
  .verbatim()
  .doc('What it was made from: the `image` of its parent, to the letter, links the two.')
const labels = config.map().verbatim().doc('What a registry shows beside the image.')

/** What a template may say; everything is filled in when the artifact is there. */
export const settings = config(
  {
    image: config.string().verbatim().doc('Id of the image.'),
    images: config
      .blocks({
        id: config.string().required().verbatim().doc('Id of the image.'),
        provider: provider.doc('Instead of the one beside the blocks.'),
        region: region.doc('Instead of the one beside the blocks.'),
        source_image: sourceImage.doc('Instead of the one beside the blocks.'),
        labels: labels.doc('More labels, or other values.'),
      })
      .writtenAs('image')
      .doc('Several images, or one for each region.'),
    provider,
    region,
    source_image: sourceImage,
    labels,
  },
  { exactlyOne: [['image', 'images']] },
)

/** What a template says of one image. */
export interface Wanted {
  readonly id: string
  readonly provider: string | undefined
  readonly region: string | undefined
  readonly source_image: string | undefined
  readonly labels: Readonly<Record<string, string>>
}

/** The images that a template names, each with what stands beside the blocks. */
export function wantedImages({ image, images, ...all }: ConfigOf<typeof settings>): readonly Wanted[] {
  const blocks = image === undefined ? images : [{ id: image }]
  return blocks.map((block) => {
    const own = Object.fromEntries(Object.entries(block).filter(([, value]) => value !== undefined))
    const { labels = {} } = block as Partial<Wanted>
    return { ...all, ...(own as Pick<Wanted, 'id'>), labels: { ...all.labels, ...labels } }
  })
}
