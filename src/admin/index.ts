export { type FirstStart, FirstStartService } from './first-start.service.js';
export { acceptBasicForBoard, addQueueBoard } from './queue-board.js';
export { SetupModule } from './setup.module.js';
