import { definePostProcessor, type Images, type InputArtifact, type Processing } from '@ingot/plugin-sdk'
import { checksumsOf, namedAlgorithms } from './checksums.ts'
import { settings, type Wanted, wantedImages } from './settings.ts'
import { templateData, templateFunctions } from './template-data.ts'

/** The builder id of packer's own null builder, whose artifact is nothing and loses nothing (packer 1.7 to 1.16). */
const NULL_BUILDER = 'fnoeding.null'

/** What templates read in the place of a build variable that the builder does not give. */
const UNKNOWN = '<unknown>'

type Run = Pick<Processing<unknown>, 'artifact' | 'render' | 'signal'>

/** Answers for an artifact what a registry asks, and leaves all else as it is. */
export const metadata = definePostProcessor({
  doc: 'Makes any artifact publishable: it answers a registry with the images that the template names.',
  config: settings,
  async run({ config, artifact, ui, render, signal }) {
    const wanted = wantedImages(config)
    const images = await filledIn(wanted, { artifact, render, signal })
    for (const image of images) void ui.say(`Image ${shown(image)}`)
    if (artifact.builderId === NULL_BUILDER) return { from: artifact, images, keepInput: false }
    await tellOfOwnImages(artifact, images, ui)
    return { from: artifact, images }
  },
})

type Image = Exclude<Images, readonly unknown[]>

async function filledIn(
  wanted: readonly Wanted[],
  { artifact, render, signal }: Run,
): Promise<readonly Image[]> {
  const algorithms = namedAlgorithms(wanted.flatMap(texts))
  const checksums = await checksumsOf(algorithms.length > 0 ? artifact.files : [], algorithms, signal)
  const more = { data: templateData(artifact, checksums), functions: templateFunctions(checksums) }
  const fill = (option: string, text: string): string => {
    try {
      return known(render(text, more))
    } catch (error) {
      throw new Error(`${option} = "${text}" cannot be filled in`, { cause: error })
    }
  }
  return wanted.map(({ id, provider, region = '', source_image = '', labels }) => ({
    imageId: fill('image', id),
    providerName: provider === undefined ? artifact.builderId : fill('provider', provider),
    providerRegion: fill('region', region),
    sourceImageId: fill('source_image', source_image),
    labels: Object.fromEntries(
      Object.entries(labels).map(([name, text]) => [name, fill(`labels.${name}`, text)]),
    ),
  }))
}

function texts({ id, provider = '', region = '', source_image = '', labels }: Wanted): string[] {
  return [id, provider, region, source_image, ...Object.values(labels)]
}

function known(text: string): string {
  if (!text.includes(UNKNOWN)) return text
  throw new Error('It reads a build variable that the builder does not give')
}

function shown({ imageId, providerName, providerRegion }: Image): string {
  return `${imageId} of ${providerName}${providerRegion ? ` in ${providerRegion}` : ''}`
}

/** The one thing that the template's author cannot see: whose provider Packer takes for the platform of the build. */
async function tellOfOwnImages(
  artifact: InputArtifact,
  images: readonly Image[],
  ui: Processing<unknown>['ui'],
): Promise<void> {
  const [own] = await artifact.images()
  if (!own || images.every(({ providerName }) => providerName === own.providerName)) return
  void ui.say(
    `The artifact names images of ${own.providerName} by itself. They are published too, and Packer calls the ` +
      `whole build one of ${own.providerName}: set provider = "${own.providerName}" to agree with it.`,
  )
}
