import '../css/studio.css';
import { keepFar } from '../scenarios/progress.js';

keepFar(document.getElementById('trial'));
