import { operation } from '../operation.ts'
import { given, object, string } from '../schema.ts'
import { RunTaskBehaviour } from './models.ts'
import { project } from './project-path.ts'

const config = object({ on_untracked_image: RunTaskBehaviour })

/** Address and key to enter in HCP Terraform. The task type in use is `validation`. */
export const getRegistryTFCRunTaskAPI = operation({
  id: 'PackerService_GetRegistryTFCRunTaskAPI',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${project}/runtasks/:task_type`,
  reply: object({ api_url: string, hmac_key: string }),
  seenFrom: ['terraform-provider-hcp'],
})

/** The old key is invalid at once. */
export const regenerateTFCRunTaskHmacKey = operation({
  id: 'PackerService_RegenerateTFCRunTaskHmacKey',
  plane: 'packer-2023-01-01',
  method: 'PATCH',
  path: `${project}/runtasks/hmac`,
  body: given({}),
  reply: object({ hmac_key: string }),
  seenFrom: ['terraform-provider-hcp'],
})

/** How the run task of Terraform is set up. */
export const getRunTaskConfig = operation({
  id: 'PackerService_GetRunTaskConfig',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${project}/runtasks/config`,
  reply: config,
  seenFrom: [],
})

/** Sets up the run task of Terraform. */
export const updateRunTaskConfig = operation({
  id: 'PackerService_UpdateRunTaskConfig',
  plane: 'packer-2023-01-01',
  method: 'PATCH',
  path: `${project}/runtasks/config`,
  body: given({ on_untracked_image: RunTaskBehaviour }),
  reply: config,
  seenFrom: [],
})
