import { CheckPage } from './check/CheckPage.tsx';
import { start } from './start.tsx';

start(<CheckPage />);
