# Copies the database `lake`, then deletes the oldest copies: backup.sh HOST KEEP
set -euo pipefail
name=lake-$(date -u +%Y%m%dT%H%M%SZ).zip
clickhouse-client --host "$1" --query "BACKUP DATABASE lake TO Disk('backups', '$name')"
echo "$name: $(du -h "/backups/$name" | cut -f 1)"
ls -1 /backups/lake-*.zip | head -n "-$2" | xargs -r rm -v --
