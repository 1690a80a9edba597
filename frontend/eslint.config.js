import js from '@eslint/js';
import globals from 'globals';

export default [
  { ignores: ['node_modules/'] },
  js.configs.recommended,
  {
    languageOptions: { globals: globals.browser },
    rules: {
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Text goes in by textContent: data is never HTML.' },
        { property: 'outerHTML', message: 'Text goes in by textContent: data is never HTML.' },
        { property: 'insertAdjacentHTML', message: 'Text goes in by textContent: data is never HTML.' },
      ],
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
    },
  },
  { files: ['*.config.js'], languageOptions: { globals: globals.node } },
];
