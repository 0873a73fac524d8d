// What a person does on the page of the service, and what has to be seen then. The databases are empty at first.
(async () => {
  const seen = [];
  const $ = selector => document.querySelector(selector);
  const all = selector => [...document.querySelectorAll(selector)];
  const titles = () => all("#posts strong").map(title => title.textContent).join();
  const error = form => all(`${form} .error`).map(error => error.textContent).join();
  const field = (form, name) => $(form).elements[name];

  // Waits until it is so; a page takes its time.
  async function until(condition) {
    for (let round = 0; round < 200; round++) {
      if (condition()) return true;
      await new Promise(done => setTimeout(done, 25));
    }
    return false;
  }
  async function see(what, condition, detail) {
    const ok = await until(condition);
    seen.push({ what, ok, detail: ok ? undefined : String(detail?.() ?? document.querySelector("#status").textContent) });
  }
  function fill(form, values) {
    for (const [name, value] of Object.entries(values)) {
      const input = field(form, name);
      if (input.type === "checkbox") input.checked = value; else input.value = value;
    }
    $(form).querySelector("button:not([type=button])").click();
  }
  const ask = (method, path, body) =>
    fetch(path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) }).then(answer => answer.json());

  await see("an empty list says so", () => $("#posts")?.textContent === "Nothing.");
  await see("every field has a label", () => all("input, select, textarea").every(input => input.labels.length === 1));
  await see("every button has a name", () => all("button").every(button => button.textContent.trim()));

  $("#new-user summary").click();
  fill("#user", { name: "", email: "nonsense" });
  await see("wrong fields are told beside them", () => error("#user") === "name is empty,email is no address", () => error("#user"));
  await see("and to screen readers", () => {
    const name = field("#user", "name");
    const described = document.getElementById(name.getAttribute("aria-describedby"));
    return name.getAttribute("aria-invalid") === "true" && described.textContent === "name is empty" && document.activeElement === name;
  });
  fill("#user", { name: "ann", email: "ann@example.org" });
  await see("a user can be created", () => $("#status").textContent === "ann is there." && error("#user") === "");
  fill("#user", { name: "other", email: "ann@example.org" });
  await see("a value that is taken is told at its field", () => error("#user") === "email is taken", () => error("#user"));

  $("#edit-post summary").click();
  const markup = "<img src=x onerror=document.title='hacked'>";
  fill("#post", { title: markup, body: "Text", tags: "Rust, sql" });
  await see("a post can be written, and its title is text", () => titles() === markup && !$("#posts img"), titles);
  await see("its tags are there", () => all("#posts .tag").map(tag => tag.textContent).join() === "rust,sql");
  for (let number = 1; number <= 6; number++) {
    await ask("POST", "/posts", { author_id: 1, title: `Post ${number}`, body: "More", tags: number % 2 ? ["odd"] : [] });
  }

  fill("#search", { sort: "title" });
  await see("a page has five posts", () => titles() === `${markup},Post 1,Post 2,Post 3,Post 4`, titles);
  $("#next").click();
  await see("the next page has the others", () => titles() === "Post 5,Post 6" && $("#next").disabled, titles);
  $("#previous").click();
  await see("and leads back", () => titles() === `${markup},Post 1,Post 2,Post 3,Post 4`, titles);
  fill("#search", { words: "Post 3" });
  await see("words are searched", () => titles() === "Post 3", titles);
  fill("#search", { words: "", author: "1", published: "true" });
  await see("nothing is published", () => $("#posts").textContent === "Nothing.", titles);
  fill("#search", { author: "", published: "" });
  await until(() => all("#posts .tag").length > 1);
  all("#posts .tag").find(tag => tag.textContent === "odd").click();
  await see("a tag searches its posts", () => titles() === "Post 1,Post 3,Post 5", titles);

  $("#posts button[aria-label='Edit Post 1']").click();
  await see("a post can be opened", () => $("#edit-post").open && field("#post", "title").value === "Post 1");
  fill("#post", { title: "" });
  await see("without a title it is not saved", () => error("#post") === "title is empty", () => error("#post"));
  fill("#post", { title: "Edited", published: true, tags: "odd, new" });
  await see("it can be saved", () => titles() === "Edited,Post 3,Post 5" && $("#posts").textContent.includes("new"), titles);

  const comments = () => all("#posts > li:first-child .comments li").map(comment => comment.textContent).join();
  const comment = () => `#${$("#posts > li:first-child details form").id}`;
  $("#posts > li:first-child details summary").click();
  fill(comment(), { text: " " });
  await see("an empty comment is told at its field", () => error(comment()) === "text is empty", () => error(comment()));
  fill(comment(), { text: "<b>First</b>" });
  await see("a comment can be written, and is text", () => comments() === "ann <b>First</b>", comments);
  await see("and its post stays open", () => $("#posts > li:first-child details").open);
  await see("comments are counted", () => $("#posts .about").textContent.endsWith("1 comment"));

  const accounts = () => all("#accounts li").map(account => account.textContent).join();
  $("#account").closest("details").open = true;
  fill("#account", { balance: "100" });
  await see("an account can be opened", () => accounts() === "ann, account 1: 100", accounts);
  fill("#account", { balance: "-1" });
  await see("not with less than nothing", () => error("#account") === "balance is negative", () => error("#account"));
  fill("#account", { balance: "0" });
  await see("and another one", () => accounts() === "ann, account 1: 100,ann, account 2: 0", accounts);
  $("#transfer").closest("details").open = true;
  fill("#transfer", { from: "1", to: "2", amount: "1000" });
  await see("what is not there is not transferred", () => error("#transfer") === "amount is more than there is", () => error("#transfer"));
  fill("#transfer", { from: "1", to: "1", amount: "70" });
  await see("nor to the same account", () => error("#transfer") === "to is the same account", () => error("#transfer"));
  fill("#transfer", { from: "1", to: "2", amount: "70" });
  await see("money can be transferred", () => accounts() === "ann, account 1: 30,ann, account 2: 70", accounts);
  await see("and every field has a label still", () => all("input, select, textarea").every(input => input.labels.length === 1));

  $("#posts button[aria-label='Edit Edited']").click();
  const { posts: [read] } = await fetch("/posts?words=Edited").then(answer => answer.json());
  await ask("PUT", `/posts/${read.id}`, { version: read.version, title: "Faster" });
  fill("#post", { title: "Slower" });
  await see("of two editors the second is told", () => $("#status").textContent.includes("somebody else"));
  await see("nothing strange has happened", () => document.title === "Posts");
  return seen;
})()
