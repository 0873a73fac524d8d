-- Who has written how many posts and got how many comments. `src/reports.rs` calls it.
CREATE PROCEDURE authors_report(IN least_posts BIGINT)
  SELECT u.name, COUNT(DISTINCT p.id) AS posts, COUNT(c.id) AS comments
  FROM users u JOIN posts p ON p.author_id = u.id LEFT JOIN comments c ON c.post_id = p.id
  GROUP BY u.id, u.name HAVING COUNT(DISTINCT p.id) >= least_posts ORDER BY posts DESC, u.name;
