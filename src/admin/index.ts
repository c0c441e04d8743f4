export { adminKeyFile } from './first-key.js';
export { type FirstStart, FirstStartService } from './first-start.service.js';
export { SetupModule } from './setup.module.js';
