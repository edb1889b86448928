import type { Image } from '@ingot/image'
import type { ResolvedParent } from '../parent.ts'

/** What the registry is told about a finished build: everything of the last update but the run that made it. */
export interface BuildRecord {
  /** The registry's name of the build, for example `tarball-image.web`. */
  readonly component: string
  readonly platform: string
  readonly artifacts: readonly RecordedArtifact[]
  readonly labels: Readonly<Record<string, string>>
  readonly sourceImageId?: string
  readonly parentVersionId?: string
  readonly parentChannelId?: string
  /** What is known of how the image was made: free data for `metadata`. */
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** An image as a build of a registry has it. */
export interface RecordedArtifact {
  readonly imageId: string
  /** Empty where the image has none. */
  readonly region: string
}

/** What a build adds to its images. */
export interface RecordContext {
  readonly component: string
  readonly buildLabels?: Readonly<Record<string, string>>
  readonly parents?: readonly ResolvedParent[]
  readonly metadata?: Readonly<Record<string, unknown>>
}

/**
 * Puts the images of one build together as packer does: the first image names the platform, equal images count once,
 * labels of later images win, and so does the last source image that is named.
 */
export function recordOf(images: readonly [Image, ...Image[]], context: RecordContext): BuildRecord {
  const sourceImageId = images.findLast((image) => image.sourceImageId !== '')?.sourceImageId
  return {
    component: context.component,
    platform: images[0].providerName,
    artifacts: distinctArtifacts(images),
    labels: Object.assign({}, context.buildLabels, ...images.map((image) => image.labels)),
    ...(sourceImageId === undefined
      ? {}
      : { sourceImageId, ...parentIds(sourceImageId, context.parents ?? []) }),
    ...(context.metadata === undefined ? {} : { metadata: context.metadata }),
  }
}

function distinctArtifacts(images: readonly Image[]): RecordedArtifact[] {
  const distinct = new Map<string, RecordedArtifact>()
  for (const { providerName, imageId, providerRegion } of images) {
    const key = JSON.stringify([providerName, imageId, providerRegion])
    if (!distinct.has(key)) distinct.set(key, { imageId, region: providerRegion })
  }
  return [...distinct.values()]
}

/** The source image must equal a parent's image byte for byte. */
function parentIds(sourceImageId: string, parents: readonly ResolvedParent[]) {
  const parent = parents.find((each) => each.artifacts.some((artifact) => artifact.imageId === sourceImageId))
  if (!parent) return {}
  const version = { parentVersionId: parent.versionId }
  return parent.channelId === undefined ? version : { ...version, parentChannelId: parent.channelId }
}
