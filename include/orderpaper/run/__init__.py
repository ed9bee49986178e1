"""The processes behind the commands: the pipeline, the simulated upstream, and Airflow's own services."""
