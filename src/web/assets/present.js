// Looks every two seconds whether the wallet has answered, and then shows the page anew. Without it a link does the same.
'use strict';

(() => {
  const every = 2000;
  const look = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
      if (answer.ok && !(await answer.text()).includes('id="waiting"')) return location.reload();
    } catch {
      // No connection at the moment: it is tried again.
    }
    setTimeout(look, every);
  };
  setTimeout(look, every);
})();
