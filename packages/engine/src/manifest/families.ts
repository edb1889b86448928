import { posix, win32 } from 'node:path'
import type { RecordedArtifact } from '../publish/build-record.ts'
import type { ManifestBuild } from './manifest.ts'

/** A manifest's build with its overrides applied to what families look at. */
export interface ArtifactFacts {
  readonly artifactId: string
  readonly files: readonly string[]
  /** Empty unless someone said it. */
  readonly region: string
}

/** Reads the images from an artifact; answers with a sentence where there are none to publish. */
type ReadImages = (facts: ArtifactFacts) => readonly RecordedArtifact[] | string

/** Builder types whose provider is known, as the published plugins name themselves. */
const platforms: Readonly<Record<string, string>> = {
  'amazon-chroot': 'aws',
  'amazon-ebs': 'aws',
  'amazon-ebssurrogate': 'aws',
  'amazon-ebsvolume': 'aws',
  'amazon-instance': 'aws',
  'azure-arm': 'azure',
  'azure-chroot': 'azure',
  'azure-dtl': 'azure',
  docker: 'docker',
  file: 'packer.file',
  googlecompute: 'gce',
  null: 'null',
  'vsphere-clone': 'vsphere',
  'vsphere-iso': 'vsphere',
}

const readers: Readonly<Record<string, ReadImages>> = {
  aws: regionalIds,
  azure: azureIds,
  docker: dockerId,
  gce: wholeId,
  null: ({ region }) => [{ imageId: 'Null', region: region || 'null' }],
  'packer.file': fileNames,
  vsphere: wholeId,
}

/** The provider of a builder's images; undefined for a builder that is not known. */
export function platformOf(build: Pick<ManifestBuild, 'builderType'>): string | undefined {
  return Object.hasOwn(platforms, build.builderType) ? platforms[build.builderType] : undefined
}

/** Reads the images by the provider's way of writing them; a provider that is not known has one image, the whole id. */
export function imagesOn(platform: string, facts: ArtifactFacts): readonly RecordedArtifact[] | string {
  const reader = Object.hasOwn(readers, platform) ? readers[platform] : undefined
  return (reader ?? wholeId)(facts)
}

function wholeId({ artifactId, region }: ArtifactFacts): readonly RecordedArtifact[] | string {
  if (artifactId === '') return 'its artifact has no id'
  return [{ imageId: artifactId, region }]
}

/** `us-east-1:ami-1,eu-west-1:ami-2`, volumes and snapshots likewise. */
function regionalIds({ artifactId }: ArtifactFacts): readonly RecordedArtifact[] | string {
  const parts = artifactId
    .split(',')
    .map((part) => /^([a-z0-9-]+):((?:ami|vol|snap)-[\w-]+)$/.exec(part.trim()))
  const images = parts.flatMap((part) => (part ? [{ imageId: part[2] ?? '', region: part[1] ?? '' }] : []))
  if (images.length === parts.length) return images
  return `"${artifactId}" is not a list such as us-east-1:ami-1,eu-west-1:ami-2`
}

/** One resource id or blob address; the chroot builder writes several with commas. Regions are not written. */
function azureIds({ artifactId, region }: ArtifactFacts): readonly RecordedArtifact[] | string {
  const ids = artifactId.split(',').map((id) => id.trim())
  const odd = ids.find((id) => !id.startsWith('/') && !id.startsWith('https://'))
  if (odd !== undefined)
    return `"${odd}" is neither a resource id (/subscriptions/…) nor the address of a disk`
  return ids.map((imageId) => ({ imageId, region }))
}

/** The plugin gives every image the region `docker`; an exported container is a file and no image. */
function dockerId({ artifactId, region }: ArtifactFacts): readonly RecordedArtifact[] | string {
  if (artifactId === 'Container')
    return 'it was exported to a file, so there is no image; use "commit = true"'
  return wholeId({ artifactId, files: [], region: region || 'docker' })
}

/** Packer's file builder names its image after the file and its region after the folder. */
function fileNames({ files, region }: ArtifactFacts): readonly RecordedArtifact[] | string {
  if (files.length === 0) return 'its artifact has no files'
  return files.map((file) => {
    const path = file.includes('\\') ? win32 : posix
    return { imageId: path.basename(file), region: region || path.dirname(file) }
  })
}
