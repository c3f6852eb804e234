import { start } from './start.tsx';

start(<p>Affidavit</p>);
