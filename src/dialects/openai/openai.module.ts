import { Module } from '@nestjs/common';
import { CompletionsModule } from '../../completions/index.js';
import { ErrorPresenters } from '../../platform/http/error-presenter.js';
import { OpenaiChatController } from './openai-chat.controller.js';
import { presentOpenaiError } from './openai-error.presenter.js';
import { OpenaiModelsController } from './openai-models.controller.js';

/** OpenAI's surface: completions and models, as its clients and libraries know them. */
@Module({
  imports: [CompletionsModule],
  controllers: [OpenaiChatController, OpenaiModelsController],
})
export class OpenaiModule {
  constructor(presenters: ErrorPresenters) {
    presenters.register('openai', presentOpenaiError);
  }
}
