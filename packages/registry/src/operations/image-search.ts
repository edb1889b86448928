import type { ProjectAddress } from '../domain/address.ts'
import { externalIdentifierLength } from '../domain/limits.ts'
import { type List, makePage, type Page, readPaging } from '../domain/page.ts'
import { granted, obey, Refusal } from '../domain/refusal.ts'
import { checkText } from '../domain/text.ts'
import type { ImageQuery } from '../inputs.ts'
import type { ImageColumn } from '../store/rows/image-rows.ts'
import type { FoundImageView } from '../views.ts'
import type { Scene } from './desk.ts'
import { enter, findBucket, findVersion } from './find.ts'
import { showVersion } from './show.ts'

const places: List<ImageColumn> = {
  name: 'images',
  columns: {},
  types: { createdAt: 'number', buildId: 'string' },
  order: [
    { column: 'createdAt', descending: true },
    { column: 'buildId', descending: true },
  ],
}

/** Where an image of a platform was made: every build that has it, also those of revoked versions; the newest version first. */
export async function findImage(
  scene: Scene,
  at: ProjectAddress,
  query: ImageQuery,
): Promise<Page<FoundImageView>> {
  const { externalIdentifier: image, platform = '', region = '' } = query
  if (image === '')
    throw new Refusal('name.malformed', { field: 'external_identifier', value: '', rule: 'there' })
  obey(checkText('external_identifier', image, externalIdentifierLength))
  const window = granted(readPaging(places, query))
  await enter(scene, at)
  const found = await scene.rows.images.places(at.projectId, { image, platform, region }, window)
  const page = makePage(window, found, (place, column) => place[column])
  const items: FoundImageView[] = []
  for (const { bucket: name, fingerprint, buildId } of page.items) {
    const version = await findVersion(scene, { ...at, bucket: name, fingerprint }, 'version.absent')
    const view = await showVersion(scene, at, version)
    const build = view.builds.find(({ id }) => id === buildId)
    if (build) items.push({ bucket: await findBucket(scene, { ...at, bucket: name }), version: view, build })
  }
  return { ...page, items }
}
