-- Notes who claims a job, and whoever writes the state of a job or a run while somebody else holds it.
-- A worker is known by its application_name; what a web process or a test writes is not looked at.
CREATE TABLE holder (job integer, attempt integer, worker text);
CREATE TABLE witness (id serial PRIMARY KEY, writer text, what text);

CREATE FUNCTION watch_job() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE me text := current_setting('application_name');
BEGIN
    IF NEW.attempt <> OLD.attempt THEN
        INSERT INTO holder VALUES (NEW.id, NEW.attempt, me);
    ELSIF me ~ '^worker-' AND OLD.state = 'running'
        AND (NEW.state, NEW.progress, NEW.total, NEW.error) IS DISTINCT FROM (OLD.state, OLD.progress, OLD.total, OLD.error)
        AND NEW.error !~ '^The worker stopped'
        AND NOT EXISTS (SELECT FROM holder WHERE job = NEW.id AND attempt = NEW.attempt AND worker = me)
    THEN
        INSERT INTO witness (writer, what) VALUES (me, NEW.task || ' ' || NEW.state || ' as attempt ' || NEW.attempt);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION watch_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE me text := current_setting('application_name');
BEGIN
    IF me ~ '^worker-' AND NOT EXISTS (
        SELECT FROM job JOIN holder ON holder.job = job.id AND holder.attempt = job.attempt
        WHERE job.id = NEW.job_id AND holder.worker = me
    ) THEN
        INSERT INTO witness (writer, what) VALUES (me, 'run ' || NEW.id || CASE WHEN NEW.done_at IS NULL THEN '' ELSE ' done' END);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER watch_job AFTER UPDATE ON job FOR EACH ROW EXECUTE FUNCTION watch_job();
CREATE TRIGGER watch_run AFTER UPDATE ON print_run FOR EACH ROW EXECUTE FUNCTION watch_run();
