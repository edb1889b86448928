import type { Window } from '../../domain/page.ts'
import type { Instant } from '../../domain/time.ts'
import type { Session } from '../statement.ts'
import { Keyset } from './keyset.ts'

/** What places of an image are sorted by; `buildId` grows with the time of creation. */
export type ImageColumn = 'createdAt' | 'buildId'

/** A build that made an image, and where it is. */
export interface ImagePlace {
  readonly bucket: string
  readonly fingerprint: string
  readonly buildId: string
  readonly createdAt: Instant
}

/** Which image: by its identifier, on any platform and in any region where these are empty. */
export interface ImageWish {
  readonly image: string
  readonly platform: string
  readonly region: string
}

const sql = { createdAt: 'v.created_at', buildId: 'u.id' } as const
const places = new Keyset<ImagePlace, 'project' | keyof ImageWish, ImageColumn>(
  `select distinct b.name as "bucket", v.fingerprint as "fingerprint", u.id as "buildId", v.created_at as "createdAt"
  from artifacts a join builds u on u.id = a.build_id join versions v on v.id = u.version_id
  join buckets b on b.id = v.bucket_id
  where a.external_identifier = :image and b.project_id = :project
  and (:platform = '' or u.platform = :platform) and (:region = '' or a.region = :region)`,
  (column) => sql[column],
)

/** Images by their identifiers on their platforms. */
export class ImageRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** The builds of a project that made an image. */
  places(project: string, wish: ImageWish, window: Window<ImageColumn>): Promise<ImagePlace[]> {
    return this.#session.all(places.statement(window), { project, ...wish, ...places.values(window) })
  }
}
